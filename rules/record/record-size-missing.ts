import { finding, quote, rule } from '../../src/rule.js'
import { goodRows, isOwn, pathOf } from './_record.js'

export default rule({
  id: 'record-size-missing',
  topic: 'record',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'A row of RECORD has no size.',
  why: 'The size is optional; with it a changed file is found without hashing it.',
  fix: 'Build the wheel again with a backend that writes sizes.',

  status: 'strict',
  bad: { wheel: { make: 'recordWithoutSize' } },
  good: { wheel: {} },
  *check(wheel) {
    const rows = goodRows(wheel).filter(row => row.size === '' && !isOwn(wheel, pathOf(row)))
    const [row] = rows
    if (row)
      yield finding(
        row.at('size'),
        rows.length === 1
          ? `${quote(row.value)} has no size in RECORD.`
          : `${rows.length} rows have no size, the first for ${quote(row.value)}.`,
      )
  },
})
