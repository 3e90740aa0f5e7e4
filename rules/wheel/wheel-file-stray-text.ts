import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-file-stray-text',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'WHEEL contains a line that is not a header.',
  why: 'Readers ignore the line, and all keys after it.',
  fix: 'Write one `Key: value` per line, without blank lines between them.',

  bad: {
    wheel: {
      rawWheel: 'Wheel-Version: 1.0\nGenerator: demo 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n\nBuild: 1\n',
    },
  },
  good: { wheel: {} },
  *check(wheel) {
    const file = wheel.wheelFile
    const [first] = file?.stray ?? []
    if (file && first && !file.bom)
      yield finding(
        first,
        `Line ${first.line} of ${file.member} is not a header, or follows a blank line, and is ignored.`,
      )
  },
})
