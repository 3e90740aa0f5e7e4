import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { linksOf, SDIST_ARCHIVE } from '../shared/tar.js'

/** Further links that a finding shows. */
const MOST_RELATED = 9

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
    const [first, ...others] = linksOf(subject).links.filter(
      ({ member, reach }) => reach === 'missing' && member.type === 'symlink',
    )
    if (!first) return
    const { member, link } = first
    yield finding(
      { member: member.path, offset: member.offset },
      `The symbolic link ${quote(member.path)} points to ${quote(link)}, which is not in the archive${others.length > 0 ? `; ${plural(others.length, 'more link')} ${others.length === 1 ? 'has' : 'have'} no target either` : ''}.`,
      {
        related: others
          .slice(0, MOST_RELATED)
          .map(one => ({ member: one.member.path, message: `points to ${quote(one.link)}` })),
      },
    )
  },
})
