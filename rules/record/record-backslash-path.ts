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
  why: 'A backslash separates directories only on Windows. On other systems the files do not count as recorded.',
  fix: 'Rebuild the wheel with a recent backend, or write `/` between directories.',

  bad: { wheel: { make: 'recordBackslashes' } },
  good: { wheel: {} },
  *check(wheel) {
    const rows = goodRows(wheel).filter(row => row.value.includes('\\'))
    const [row] = rows
    if (row)
      yield finding(
        within(row, '\\'),
        `${quote(row.value)} contains a backslash. Expected '/' between directories.${rows.length > 1 ? ` So ${rows.length === 2 ? 'does' : 'do'} ${plural(rows.length - 1, 'more row')}.` : ''}`,
      )
  },
})
