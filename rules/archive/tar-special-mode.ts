import { finding, quote, rule } from '../../src/rule.js'
import { asideMore } from '../../src/wording.js'
import { SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'tar-special-mode',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'A member has the setuid, setgid or sticky bit.',
  why: 'Installers clear it, other tools may not. It often comes from a shared directory.',
  fix: 'Clear the bit before building: `chmod a-s,-t`.',
  bad: { sdist: { make: 'tar-setuid' } },
  good: { sdist: { make: 'tar-executable' } },
  *check(subject) {
    const all =
      subject.archive.format === 'tar' ? subject.members.list.filter(member => (member.mode & 0o7000) !== 0) : []
    const first = all[0]
    if (first)
      yield finding(
        { member: first.path, offset: first.offset },
        `${quote(first.path)} has mode ${(first.mode & 0o7777).toString(8)}, with a setuid, setgid or sticky bit${asideMore(all.length - 1, 'member')}.`,
      )
  },
})
