import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { goodRows, hashDiffers, isOwn, namedMember } from './_record.js'

export default rule({
  id: 'record-size-mismatch',
  topic: 'record',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-record-file',
  summary: 'The size of a file does not match RECORD.',
  why: 'The file was changed after the wheel was built, and tools that verify the installation report it as damaged.',
  breaks: '`installer --validate-record all` refuses the wheel: its files are not those that were built.',
  fix: 'Rebuild the wheel, or run `wheel pack` on the unpacked tree.',

  bad: { wheel: { make: 'recordWrongSize' } },
  good: { wheel: {} },
  *check(wheel) {
    for (const row of goodRows(wheel)) {
      const member = namedMember(wheel, row)
      if (!member?.intact || !/^[0-9]{1,15}$/.test(row.size) || isOwn(wheel, member.path)) continue
      // A file with another hash is another file, whatever its size.
      if (Number(row.size) !== member.actualSize && hashDiffers(row, member) === undefined)
        yield finding(
          row.at('size'),
          `${quote(row.value)} has ${plural(member.actualSize, 'byte')}, but RECORD has ${row.size}.`,
        )
    }
  },
})
