import { finding, quote, rule } from '../../src/rule.js'
import { goodRows, pathOf } from './_record.js'

export default rule({
  id: 'record-self-hashed',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'RECORD lists a hash or size for itself.',
  why: 'The hash cannot be right, because the file contains it. Tools that verify it report a damaged wheel.',
  breaks:
    '`wheel unpack` and `installer --validate-record entries` refuse the wheel, and poetry reports it as invalid.',
  fix: 'Leave both columns of that row empty.',

  bad: { wheel: { make: 'recordHashesItself' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel))
      if (pathOf(row) === wheel.record?.member && (row.hash !== '' || row.size !== ''))
        yield finding(
          row.at(row.hash === '' ? 'size' : 'hash'),
          `The row for RECORD itself contains ${quote([row.hash, row.size].filter(Boolean).join(','))}. Both columns must be empty.`,
        )
  },
})
