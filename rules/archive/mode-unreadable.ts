import type { Member } from '../../src/archive/archive.js'
import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { asideMore } from '../../src/wording.js'

/** What `zipfile.writestr` gives a member when it gets only a name; nobody chose it. */
const WRITESTR = 0o600

type Readers = 'owner' | 'others'

/** What a build of an sdist reads, or an installation copies. */
const BUILT = /\.(?:py|pyi|pyx|pxd)$|^[^/]+\/(?:PKG-INFO|pyproject\.toml|setup\.cfg)$|\.egg-info\//
const ASIDE = /\/(?:tests?|testing|docs?|examples?|samples?|benchmarks?|scripts|tools)\//i

/** Is a member one that a user of the package needs, besides its owner? */
function isNeeded({ path, type }: Member, isWheel: boolean): boolean {
  if (isWheel) return true
  const place = type === 'directory' ? `${path.replace(/\/$/, '')}/` : path
  return !ASIDE.test(place) && (type === 'directory' || BUILT.test(path))
}

/** Who cannot read a file, or enter a directory. */
function kept({ mode, type }: Member, isZip: boolean, hasModes: boolean): Readers | undefined {
  if (type !== 'file' && type !== 'directory') return undefined
  // A zip made on Windows does not record modes, and some tools write 0 for each member.
  if (isZip ? mode === 0 || mode === WRITESTR : (mode & 0o7777) === 0 && !hasModes) return undefined
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
  why: 'pip, uv and installer give files modes of their own, but unzip, tar, `wheel unpack` and buildout keep this one, and `setup.py install` copies it. What its owner cannot read stops a build. What other users cannot read is reported as info.',
  fix: 'Set the mode of files to 0644 and of directories to 0755 before building, and build with a umask such as 022.',
  bad: [
    { wheel: { make: 'zip-mode-owner' } },
    { wheel: { make: 'zip-mode-none' } },
    { wheel: { make: 'zip-mode-private' } },
    { sdist: { make: 'tar-private' } },
    { sdist: { make: 'tar-mode-none' } },
    { sdist: { make: 'tar-private-module' } },
  ],
  good: [
    { wheel: { make: 'zip-mode-zero' } },
    { wheel: { make: 'zip-mode-writestr' } },
    { sdist: { make: 'tar-executable' } },
  ],
  *check({ archive, kind }) {
    const isZip = archive.format === 'zip'
    const hasModes = archive.members.some(({ mode, type }) => type === 'file' && (mode & 0o7777) !== 0)
    const found = archive.members.flatMap(member => {
      // Every installer writes its own.
      if (kind === 'wheel' && member.path.endsWith('.dist-info/RECORD')) return []
      const readers = kept(member, isZip, hasModes)
      return readers ? [{ member, readers }] : []
    })
    for (const [readers, all] of groupBy(found, one => one.readers)) {
      const needed = all.find(({ member }) => isNeeded(member, kind === 'wheel'))
      const { path, mode, offset, type } = (needed ?? all[0]).member
      const cannot = type === 'directory' ? 'list or enter it' : 'read it'
      yield finding(
        { member: path, offset },
        `${quote(path)} has mode 0${(mode & 0o7777).toString(8).padStart(3, '0')}, so ${readers === 'owner' ? 'its owner cannot' : 'other users cannot'} ${cannot}${asideMore(all.length - 1, 'member')}.`,
        { subject: readers, ...((readers === 'others' || (!needed && (mode & 0o7777) === 0)) && { severity: 'info' }) },
      )
    }
  },
})
