import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-file-encoding',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'WHEEL is not UTF-8, or starts with a byte order mark.',
  why: 'pip and uv cannot decode the file or do not find Wheel-Version in it, and refuse to install the wheel.',
  fix: 'Write WHEEL as UTF-8 without a byte order mark.',

  bad: {
    wheel: { make: 'wheelFileWithByteOrderMark' },
    alsoGives: ['wheel-version-missing', 'wheel-tag-missing'],
  },
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    if (!file) return
    if (file.bom)
      yield finding(
        { member: file.member, line: 1, column: 1, mark: '\ufeff' },
        `${file.member} starts with a byte order mark, so its first line is not a valid header.`,
      )
    else if (file.bad) yield finding(file.bad, `${file.member} is not UTF-8.`)
  },
})
