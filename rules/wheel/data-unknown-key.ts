import { finding, quote, rule } from '../../src/rule.js'
import { inData, refusingData } from '../../src/views/dist-info.js'

const KEYS = new Set(['purelib', 'platlib', 'headers', 'scripts', 'data'])

export default rule({
  id: 'data-unknown-key',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A directory below .data is not an installation scheme.',
  why: 'pip and uv refuse to install the wheel.',
  fix: 'Use one of purelib, platlib, headers, scripts and data.',

  bad: { wheel: { files: { '{data}/bin/tool': '#!python\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    const seen = new Set<string>()
    for (const { top, key, member } of inData(wheel)) {
      if (key === undefined || KEYS.has(key) || seen.has(key)) continue
      seen.add(key)
      yield finding(
        { member: member.path },
        `${quote(key)} is not an installation scheme. Expected purelib, platlib, headers, scripts or data.`,
        { subject: key, enforcedBy: refusingData(wheel, top) },
      )
    }
  },
})
