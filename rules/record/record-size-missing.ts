import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
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
  summary: 'A row of RECORD does not have a size.',
  why: 'The size is optional, but it reveals a changed file without hashing it.',
  fix: 'Rebuild the wheel with a backend that writes sizes.',

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
          ? `${quote(row.value)} does not have a size in RECORD.`
          : `${plural(rows.length, 'row')} do not have a size, starting with ${quote(row.value)}.`,
      )
  },
})
