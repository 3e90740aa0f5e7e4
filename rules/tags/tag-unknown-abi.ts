import { finding, quote, rule } from '../../src/rule.js'
import { cpythonAbi, tagPlace } from '../../src/views/tags.js'

/** ABI tags that belong to py and cp. Other interpreters name theirs as they like. */
const isKnown = (abi: string) => ['none', 'abi3', 'abi3t'].includes(abi) || cpythonAbi(abi) !== undefined
const CPYTHON = /^(?:py|cp)[0-9]+$/
const ELSEWHERE = /^(?:pypy|graalpy)/

export default rule({
  id: 'tag-unknown-abi',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Platform compatibility tags, "ABI tag"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'An ABI tag does not exist in CPython.',
  why: 'No interpreter accepts the tag, so nobody can install the wheel by it.',
  fix: 'Build with the interpreter that the wheel is for. Backends read the tag from it. A wheel without compiled code has `none`.',

  bad: [
    { wheel: { filename: 'demo-1.0-cp312-foo-any.whl' } },
    { wheel: { filename: 'demo-1.0-cp39-abi3.abi4-win_amd64.whl' } },
  ],
  good: [{ wheel: {} }, { wheel: { filename: 'demo-1.0-pp311-pypy311_pp73-any.whl' } }],
  *check(wheel) {
    const { name } = wheel
    if (!name?.python.every(python => CPYTHON.test(python))) return
    const others = name.abi.some(isKnown)
    for (const abi of new Set(name.abi)) {
      if (abi === '' || isKnown(abi) || ELSEWHERE.test(abi)) continue
      yield finding(tagPlace(wheel, 'abi', abi), `CPython does not have the ABI ${quote(abi)}.`, {
        subject: 'tags',
        ...(others && { severity: 'warning' as const, enforcedBy: [] }),
      })
    }
  },
})
