import { finding, quote, rule } from '../../src/rule.js'
import { type CpythonAbi, cpythonAbi, flagFault, tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'tag-abi-flag-impossible',
  topic: 'tags',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Platform compatibility tags, "ABI tag"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'An ABI tag has flags that do not exist in that version of CPython.',
  why: 'No interpreter accepts the tag, so nobody can install the wheel by it.',
  fix: 'Build with the interpreter that the wheel is for. Backends read the tag from it.',

  bad: [
    { wheel: { filename: 'demo-1.0-cp312-cp312m-win_amd64.whl' } },
    { wheel: { filename: 'demo-1.0-cp312-cp312.cp312m-win_amd64.whl' } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const { name } = wheel
    for (const abi of name?.abi ?? []) {
      const parts = cpythonAbi(abi)
      const fault = parts && flagFault(parts)
      if (!name || fault === undefined) continue
      const others = name.abi.some(
        other => other !== abi && !(cpythonAbi(other) && flagFault(cpythonAbi(other) as CpythonAbi)),
      )
      yield finding(
        tagPlace(wheel, 'abi', abi),
        `No interpreter has the ABI ${quote(abi)}: ${fault}.`,
        others ? { severity: 'warning', enforcedBy: [], subject: 'tags' } : { subject: 'tags' },
      )
    }
  },
})
