import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, refusersOf, SDIST_ARCHIVE, unpackedOf } from '../shared/tar.js'

export default rule({
  id: 'link-loop',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'Symbolic links form a loop, or a chain that is too long.',
  why: 'Opening such a path fails, and uv refuses the archive.',
  fix: 'Remove the links.',
  bad: { sdist: { make: 'tar-symlink-loop' } },
  good: { sdist: { make: 'tar-symlink-inside' } },
  *check(subject) {
    const { links, whole } = linksOf(subject)
    for (const { member, link, reach } of links) {
      const refusers = refusersOf(subject, member, ['loop'])
      if (reach === 'loop' || refusers.length > 0)
        yield finding(
          { member: member.path, offset: member.offset },
          `The link ${quote(member.path)} points to ${quote(link)}, and following it takes more than 40 links: systems give up.`,
          { enforcedBy: refusers },
        )
    }
    for (const { member, by, fault } of unpackedOf(subject).notes)
      if (fault === 'loop' && member.type !== 'symlink' && member.type !== 'hardlink')
        yield finding(
          { member: member.path, offset: member.offset },
          `${quote(member.path)} is below links that form a loop.`,
          { enforcedBy: [by] },
        )
    if (!(whole && unpackedOf(subject).whole))
      yield finding(
        undefined,
        'Following the links of the archive takes more steps than in any real one. Where later members are unpacked was not checked.',
        { enforcedBy: [] },
      )
  },
})
