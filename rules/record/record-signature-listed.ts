import { finding, quote, rule } from '../../src/rule.js'
import { goodRows, isOwn, pathOf } from './_record.js'

export default rule({
  id: 'record-signature-listed',
  topic: 'record',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "Signed wheel files"; PEP 815',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'RECORD lists a signature of itself.',
  why: 'Signatures are made after RECORD and are not part of it. PEP 815 withdrew them.',
  fix: 'Remove the row and the file RECORD.jws or RECORD.p7s.',

  bad: { wheel: { make: 'recordListsSignature' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel)) {
      const path = pathOf(row)
      if (path !== wheel.record?.member && isOwn(wheel, path))
        yield finding(row, `RECORD lists ${quote(row.value)}, which is a signature of RECORD.`)
    }
  },
})
