import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'link-outside',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'A link leads out of the tree.',
  why: 'Installers must refuse it, and pip and uv do; where one does not, the archive writes or shows files that are not its own.',
  fix: 'Replace the link with a file, or let it point into the tree.',
  securitySeverity: 8.5,
  bad: [
    { sdist: { make: 'tar-symlink-absolute' } },
    { sdist: { make: 'tar-symlink-parent' } },
    { sdist: { make: 'tar-symlink-top' } },
    { sdist: { make: 'tar-symlink-chain' } },
    { sdist: { make: 'tar-hardlink-outside' } },
  ],
  good: [{ sdist: { make: 'tar-symlink-inside' } }, { sdist: { make: 'tar-symlink-directory' } }],
  *check(subject) {
    for (const { member, link, reach } of linksOf(subject).links)
      if (reach === 'outside' || reach === 'absolute')
        yield finding(
          { member: member.path, offset: member.offset },
          `The ${member.type === 'symlink' ? 'symbolic' : 'hard'} link ${quote(member.path)} points to ${quote(link)}, ${reach === 'absolute' ? 'an absolute path' : 'which is outside of the tree'}.`,
        )
  },
})
