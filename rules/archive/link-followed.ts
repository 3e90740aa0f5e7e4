import { clean } from '../../src/archive/links.js'
import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, refusersOf, SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'link-followed',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'The path of a member goes through a symbolic link.',
  why: 'A link and then a file through it is how archives write outside of the tree; installers refuse it or write elsewhere than the name says.',
  fix: 'Store the member under its real path.',
  securitySeverity: 8.5,
  bad: [
    { sdist: { make: 'tar-symlink-through' } },
    { sdist: { make: 'tar-symlink-through-outside' }, alsoGives: ['link-outside'] },
  ],
  good: { sdist: { make: 'tar-symlink-directory' } },
  *check(subject) {
    for (const { member, link, outside } of linksOf(subject).through) {
      // A member in the place of the link itself is another fault, as long as it stays inside.
      if (!outside && clean(member.path) === link) continue
      const refusers = refusersOf(subject, member, ['outside', 'parent-link'])
      yield finding(
        { member: member.path, offset: member.offset },
        `${quote(member.path)} goes through the symbolic link ${quote(link)}${outside ? ' and out of the tree' : ''}.`,
        refusers.length > 0 ? { enforcedBy: refusers } : { severity: 'warning', enforcedBy: [] },
      )
    }
  },
})
