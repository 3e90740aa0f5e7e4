import { finding, quote, rule } from '../../src/rule.js'
import { pairs, possible, tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-python-abi-mismatch',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Platform compatibility tags, "ABI tag"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'The Python tag and the ABI tag do not match.',
  why: 'An interpreter accepts only its own ABI, so nobody can install the wheel.',
  fix: 'Build with the interpreter that the wheel is for. Backends read both tags from it.',

  bad: { wheel: { filename: 'demo-1.0-cp311-cp312-win_amd64.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    const { name } = wheel
    if (!name || name.python.length * name.abi.length > 1000) return
    if (
      name.abi.some(abi => abi === 'abi3' || abi === 'abi3t') ||
      pairs(name).some(({ python, abi }) => possible(python, abi))
    )
      return
    yield finding(
      tagPlace(wheel, 'abi'),
      `No interpreter accepts ${quote(`${name.python.join('.')}-${name.abi.join('.')}`)}: the ABI belongs to another version of Python.`,
      { subject: 'tags' },
    )
  },
})
