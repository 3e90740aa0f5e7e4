import { finding, quote, rule } from '../../src/rule.js'
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
    for (const row of goodRows(wheel)) {
      const fault = encodingFault(row)
      if (fault !== undefined)
        yield finding(
          row.at('digest'),
          `The hash of ${quote(row.value)} is not unpadded urlsafe base64: ${fault}.`,
          // It is still the hash of the file, in a form that old tools wrote.
          fault === HEXADECIMAL ? { severity: 'warning' } : undefined,
        )
    }
  },
})
