import { finding, quote, rule } from '../../src/rule.js'
import { pairs, possible, tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-abi3-with-py',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Platform compatibility tags, "ABI tag"; packaging.tags',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'The ABI tag is abi3, but the Python tag is not cp3N.',
  why: 'Interpreters accept abi3 only with `cp32` and later, so nobody can install the wheel.',
  fix: 'Use `cp3N-abi3` with the oldest Python that the extension is built for.',

  bad: { wheel: { filename: 'demo-1.0-py3-abi3-win_amd64.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    const { name } = wheel
    if (!name?.abi.some(abi => abi === 'abi3' || abi === 'abi3t') || name.python.length * name.abi.length > 1000) return
    if (name.python.some(python => /^cp3/.test(python)) || pairs(name).some(({ python, abi }) => possible(python, abi)))
      return
    yield finding(
      tagPlace(wheel, 'python'),
      `No interpreter accepts ${quote(`${name.python.join('.')}-${name.abi.join('.')}`)}. abi3 requires a Python tag such as cp39.`,
      { subject: 'tags' },
    )
  },
})
