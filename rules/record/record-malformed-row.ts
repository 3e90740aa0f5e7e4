import { finding, quote, rule } from '../../src/rule.js'

const SAID = {
  nul: { message: 'RECORD holds a NUL character, at which csv gives up before Python 3.11.', enforcedBy: ['pip'] },
  'field-too-long': {
    message: 'A field of RECORD is longer than the 131,072 characters that csv reads.',
    enforcedBy: ['pypi', 'pip'],
  },
  'unclosed-quote': { message: 'A double quote is not closed, so all that follows is one field.', enforcedBy: ['uv'] },
  'blank-line': {
    message: 'A line is blank; pip and PyPI take it for a row and break down, PyPI with HTTP 500.',
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
  summary: 'RECORD is not a table of three columns.',
  why: 'Where csv gives up PyPI refuses the file; where a row has other columns, uv refuses it and pip warns or takes the wrong path. pip breaks down at a blank line.',
  fix: 'Build the wheel again. A file name with a comma, quote or line break needs double quotes.',
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
        yield finding(row.at('rest'), `The row of ${quote(row.value)} has ${row.columns} columns instead of 3.`, {
          enforcedBy: ['uv'],
        })
  },
})
