import { finding, quote, rule } from '../../src/rule.js'
import { goodRows, hashDiffers, isOwn, namedMember } from './_record.js'

export default rule({
  id: 'record-hash-mismatch',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A file does not match its hash in RECORD.',
  why: 'The file was changed after the wheel was built, and tools that verify the installation report it as damaged.',
  breaks:
    '`wheel unpack` and `installer --validate-record all` refuse the wheel: its files are not those that were built.',
  fix: 'Rebuild the wheel, or run `wheel pack` on the unpacked tree. To change tags, use `wheel tags`.',

  bad: [{ wheel: { make: 'recordWrongHash' } }, { wheel: { make: 'recordWrongSha512' } }],
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel)) {
      const member = namedMember(wheel, row)
      const actual = member?.intact ? hashDiffers(row, member) : undefined
      if (!member || !actual || isOwn(wheel, member.path)) continue
      yield finding(
        row.at('digest'),
        `${quote(row.value)} has the ${row.algorithm} hash ${actual}, but RECORD has ${quote(row.digest ?? '')}.`,
      )
    }
  },
})
