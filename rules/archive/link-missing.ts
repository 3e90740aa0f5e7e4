import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'link-missing',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MAY',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'The target of a symbolic link is not in the archive.',
  why: 'Unpacking creates a broken link, or nothing.',
  fix: 'Add the target, or remove the link.',
  absence: 'member',
  bad: { sdist: { make: 'tar-symlink-missing' } },
  good: [{ sdist: { make: 'tar-symlink-inside' } }, { sdist: { make: 'tar-symlink-directory' } }],
  *check(subject) {
    for (const { member, link, reach } of linksOf(subject).links)
      if (reach === 'missing' && member.type === 'symlink')
        yield finding(
          { member: member.path, offset: member.offset },
          `The symbolic link ${quote(member.path)} points to ${quote(link)}, which is not in the archive.`,
        )
  },
})
