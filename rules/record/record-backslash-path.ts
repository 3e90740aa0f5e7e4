import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { goodRows } from './_record.js'

export default rule({
  id: 'record-backslash-path',
  topic: 'record',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'RECORD writes paths with backslashes.',
  why: 'Only on Windows does a backslash separate directories; elsewhere the files do not count as recorded.',
  fix: 'Build the wheel again with a current backend; write `/` between directories.',

  bad: { wheel: { make: 'recordBackslashes' } },
  good: { wheel: {} },
  *check(wheel) {
    const rows = goodRows(wheel).filter(row => row.value.includes('\\'))
    const [row] = rows
    if (row)
      yield finding(
        within(row, '\\'),
        `${quote(row.value)} has a backslash; paths in RECORD have /.${rows.length > 1 ? ` So ${rows.length === 2 ? 'has' : 'have'} ${plural(rows.length - 1, 'more row')}.` : ''}`,
      )
  },
})
