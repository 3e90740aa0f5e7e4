import type { Member } from '../../src/archive/archive.js'
import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

/** Without `.` and empty parts. */
const normalized = (path: string) =>
  path
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/')

export default rule({
  id: 'tar-duplicate-member',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'A path occurs twice.',
  why: 'The last one wins when the archive is unpacked; what looks into the archive may take the first.',
  fix: 'List the file once; the usual cause is a build backend told to include a file twice.',
  securitySeverity: 4.0,
  bad: [{ sdist: { make: 'tar-duplicate' } }, { sdist: { make: 'tar-duplicate-dot' } }],
  good: { sdist: { make: 'tar-directories' } },
  *check(subject) {
    if (subject.archive.format !== 'tar') return
    const last = new Map<string, Member>()
    for (const member of subject.members) {
      if (member.type === 'directory') continue
      const path = normalized(member.path)
      const other = last.get(path)
      last.set(path, member)
      if (!other) continue
      const same = other.sha256 === member.sha256 && other.type === member.type && member.type === 'file'
      yield finding(
        { member: member.path, offset: member.offset },
        `${quote(member.path)} occurs twice, ${same ? 'with the same content' : 'with different contents'}; the last one stays after unpacking.`,
      )
    }
  },
})
