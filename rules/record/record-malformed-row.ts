import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'

const SAID = {
  nul: {
    message: "RECORD contains a NUL character, which Python's csv module rejects before Python 3.11.",
    enforcedBy: ['pip'],
  },
  'field-too-long': {
    message: "A field of RECORD is longer than the 131,072 characters that Python's csv module reads.",
    enforcedBy: ['pypi', 'pip'],
  },
  'unclosed-quote': {
    message: 'A double quote is not closed, so the rest of the file is a single field.',
    enforcedBy: ['uv'],
  },
  'blank-line': {
    message: 'A line is blank. pip and PyPI read it as a row and crash, PyPI with HTTP 500.',
    enforcedBy: ['pip', 'pypi-crash'],
  },
} as const

export default rule({
  id: 'record-malformed-row',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv', 'pypi', 'pypi-crash'],
  force: 'MUST',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'RECORD is not a valid table of three columns.',
  why: "PyPI rejects a file that Python's csv module cannot read. Where a row does not have three columns, uv refuses the wheel, and pip warns or uses the wrong path. pip crashes at a blank line.",
  fix: 'Rebuild the wheel with a build backend. A file name with a comma, a quote or a line break needs double quotes.',
  pypiMessage: "Wheel 'F' does not contain the required RECORD file",

  bad: [
    { wheel: { make: 'recordFourColumns' } },
    { wheel: { make: 'recordUnclosedQuote' } },
    { wheel: { make: 'recordBlankLine' } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const { record } = wheel
    if (!record?.utf8) return
    for (const problem of record.problems) {
      const { message, enforcedBy } = SAID[problem.kind]
      yield finding(problem, message, { enforcedBy })
    }
    for (const row of record.rows)
      if (row.columns !== 3)
        yield finding(
          row.at('rest'),
          `The row of ${quote(row.value)} has ${plural(row.columns, 'column')}. Expected 3.`,
          {
            enforcedBy: ['uv'],
          },
        )
  },
})
