import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'link-hard',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'The sdist has hard links.',
  why: 'Some readers and file systems have none: the file is then missing.',
  fix: 'Store a copy of the file.',
  bad: { sdist: { make: 'tar-hardlink-inside' } },
  good: { sdist: {} },
  *check(subject) {
    for (const { member, link, reach } of linksOf(subject).links)
      if (member.type === 'hardlink' && reach === 'inside')
        yield finding(
          { member: member.path, offset: member.offset },
          `${quote(member.path)} is a hard link to ${quote(link)}.`,
        )
  },
})
