import type { Member } from '../../src/archive/archive.js'
import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { asideMore } from '../../src/wording.js'

/** What `zipfile.writestr` gives a member when it gets only a name; nobody chose it. */
const WRITESTR = 0o600

type Readers = 'owner' | 'others'

/** Who cannot read a file, or enter a directory. */
function kept({ mode, type }: Member, isZip: boolean): Readers | undefined {
  if (type !== 'file' && type !== 'directory') return undefined
  // A zip made on Windows does not record modes, and a tar that records 0 sets none.
  if ((mode & 0o7777) === 0 || (isZip && mode === WRITESTR)) return undefined
  const bits = type === 'directory' ? 0o5 : 0o4
  if ((mode & (bits << 6)) !== bits << 6) return 'owner'
  return (mode & bits) !== bits ? 'others' : undefined
}

export default rule({
  id: 'mode-unreadable',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "Recommended archiver features"; PEP 706',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The mode of a member prevents its owner or other users from reading it.',
  why: 'pip and uv set their own modes, but unzip, tar and the tools of Linux distributions keep this one. Then its owner or, which is reported as advice, other users cannot read the file.',
  fix: 'Set the mode of files to 0644 and of directories to 0755 before building, and build with a umask such as 022.',
  bad: [
    { wheel: { make: 'zip-mode-owner' } },
    { wheel: { make: 'zip-mode-private' } },
    { sdist: { make: 'tar-private' } },
  ],
  good: [
    { wheel: { make: 'zip-mode-zero' } },
    { wheel: { make: 'zip-mode-writestr' } },
    { sdist: { make: 'tar-executable' } },
  ],
  *check({ archive }) {
    const isZip = archive.format === 'zip'
    const found = archive.members.flatMap(member => {
      const readers = kept(member, isZip)
      return readers ? [{ member, readers }] : []
    })
    for (const [readers, [first, ...more]] of groupBy(found, one => one.readers)) {
      const { path, mode, offset, type } = first.member
      const cannot = type === 'directory' ? 'list or enter it' : 'read it'
      yield finding(
        { member: path, offset },
        `${quote(path)} has mode 0${(mode & 0o7777).toString(8)}, so ${readers === 'owner' ? 'its owner cannot' : 'other users cannot'} ${cannot}${asideMore(more.length, 'member')}.`,
        { subject: readers, ...(readers === 'others' && { severity: 'info' }) },
      )
    }
  },
})
