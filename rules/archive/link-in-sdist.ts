import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'link-in-sdist',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'The sdist contains symbolic or hard links.',
  why: 'On Windows, creating symbolic links requires a privilege that most users do not have, so unpacking fails. Some tools and file systems do not support hard links, and the file is then missing.',
  fix: 'Replace the link with a copy of the file.',
  formerly: ['link-symbolic', 'link-hard'],
  bad: [{ sdist: { make: 'tar-symlink-inside' } }, { sdist: { make: 'tar-hardlink-inside' } }],
  good: { sdist: {} },
  *check(subject) {
    for (const { member, link, reach } of linksOf(subject).links)
      if (reach === 'inside')
        yield finding(
          { member: member.path, offset: member.offset },
          `${quote(member.path)} is a ${member.type === 'symlink' ? 'symbolic' : 'hard'} link to ${quote(link)}.`,
        )
  },
})
