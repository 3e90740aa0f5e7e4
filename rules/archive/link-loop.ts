import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'link-loop',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'Symbolic links go round in circles.',
  why: 'What follows them fails; uv refuses the archive.',
  fix: 'Remove the links.',
  bad: { sdist: { make: 'tar-symlink-loop' } },
  good: { sdist: { make: 'tar-symlink-inside' } },
  *check(subject) {
    for (const { member, link, reach } of linksOf(subject).links)
      if (reach === 'loop')
        yield finding(
          { member: member.path, offset: member.offset },
          `The link ${quote(member.path)} points to ${quote(link)}, and following it does not come to an end.`,
        )
  },
})
