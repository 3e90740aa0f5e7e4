import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { encodingFault, goodRows, HEXADECIMAL } from './_record.js'

export default rule({
  id: 'record-hash-encoding',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, appendix on urlsafe base64',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A hash in RECORD is not unpadded urlsafe base64.',
  why: 'Tools that compare the text of the hashes, as specified, report a damaged file.',
  breaks: '`wheel unpack` and `installer --validate-record all` refuse the wheel, because the texts differ.',
  fix: 'Encode the digest as urlsafe base64 and remove the trailing `=`.',

  bad: [{ wheel: { make: 'recordPadded' } }, { wheel: { make: 'recordHexDigest' } }],
  good: { wheel: {} },
  *check(wheel) {
    const found = goodRows(wheel).flatMap(row => {
      const fault = encodingFault(row)
      return fault === undefined ? [] : [{ row, fault }]
    })
    // One tool writes all of them.
    for (const [fault, all] of groupBy(found, one => one.fault)) {
      const [{ row }] = all
      yield finding(
        row.at('digest'),
        `The hash of ${quote(row.value)} is not unpadded urlsafe base64: ${fault}.${all.length > 1 ? ` The same is true of ${plural(all.length - 1, 'more row')}.` : ''}`,
        // It is still the hash of the file, in a form that old tools wrote.
        fault === HEXADECIMAL ? { severity: 'warning' } : undefined,
      )
    }
  },
})
