import type { Member } from '../../src/archive/archive.js'
import { clean } from '../../src/archive/links.js'
import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, refusersOf, SDIST_ARCHIVE, unpackedOf } from '../shared/tar.js'

export default rule({
  id: 'link-followed',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'The path of a member leads through a symbolic link.',
  why: 'With a link and a file below it, an archive can write outside of its directory. Installers refuse the archive, or write the file to a different place than its path says.',
  fix: 'Store the member under its real path.',
  securitySeverity: 8.5,
  bad: [
    { sdist: { make: 'tar-symlink-through' } },
    { sdist: { make: 'tar-symlink-through-outside' }, alsoGives: ['link-outside'] },
  ],
  good: { sdist: { make: 'tar-symlink-directory' } },
  *check(subject) {
    const told = new Set<Member>()
    for (const { member, link, outside } of linksOf(subject).through) {
      // A member in place of the link itself is another problem, as long as it stays inside.
      if (!outside && clean(member.path) === link) continue
      told.add(member)
      const refusers = refusersOf(subject, member, ['outside', 'parent-link'])
      yield finding(
        { member: member.path, offset: member.offset },
        `${quote(member.path)} leads through the symbolic link ${quote(link)}${outside ? ', out of the source directory' : ''}.`,
        refusers.length > 0 ? { enforcedBy: refusers } : { severity: 'warning', enforcedBy: [] },
      )
    }
    // A link in place of another one, or behind a hard link to one. Paths that leave by themselves have a rule of their own.
    for (const { member, fault, by } of unpackedOf(subject).notes)
      if (fault === 'outside' && by === 'pip' && !told.has(member) && !/^\/|(?:^|\/)\.\.(?:\/|$)/.test(member.path))
        yield finding(
          { member: member.path, offset: member.offset },
          `${quote(member.path)} leads through a link out of the source directory.`,
          { enforcedBy: ['pip'] },
        )
  },
})
