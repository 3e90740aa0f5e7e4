import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'link-symbolic',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'The sdist has symbolic links.',
  why: 'On Windows they need a right that most users lack, and unpacking fails.',
  fix: 'Replace the link with a file.',
  bad: { sdist: { make: 'tar-symlink-inside' } },
  good: { sdist: {} },
  *check(subject) {
    for (const { member, link, reach } of linksOf(subject).links)
      if (member.type === 'symlink' && reach === 'inside')
        yield finding(
          { member: member.path, offset: member.offset },
          `${quote(member.path)} is a symbolic link to ${quote(link)}.`,
        )
  },
})
