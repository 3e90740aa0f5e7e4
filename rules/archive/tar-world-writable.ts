import type { Member } from '../../src/archive/archive.js'
import { finding, quote, rule } from '../../src/rule.js'
import { asideMore } from '../../src/wording.js'
import { SDIST_ARCHIVE } from '../shared/tar.js'

/** The mode of a link means nothing. */
const isOpen = ({ mode, type }: Member) => (mode & 0o2) !== 0 && (type === 'file' || type === 'directory')

export default rule({
  id: 'tar-world-writable',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'A file or directory is writable by everyone.',
  why: 'Installers clear the bit, other tools may not.',
  fix: 'Build with a umask such as 022.',
  bad: { sdist: { make: 'tar-world-writable' } },
  good: { sdist: { make: 'tar-executable' } },
  *check(subject) {
    const all = subject.archive.format === 'tar' ? subject.members.list.filter(isOpen) : []
    const first = all[0]
    if (first)
      yield finding(
        { member: first.path, offset: first.offset },
        `${quote(first.path)} has mode ${(first.mode & 0o7777).toString(8)}, so everyone may write to it${asideMore(all.length - 1, 'member')}.`,
      )
  },
})
