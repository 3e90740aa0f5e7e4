import { finding, quote, rule } from '../../src/rule.js'
import { linksOf, refusersOf, SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'link-outside',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'A link points outside of the source directory.',
  why: 'Installers must refuse it. pip and uv do, each relative to where it unpacks: pip strips the top-level directory, uv keeps it. Other tools may read or overwrite files outside of the archive.',
  fix: 'Replace the link with the file, or point it to a path inside the source directory.',
  securitySeverity: 8.5,
  bad: [
    { sdist: { make: 'tar-symlink-absolute' } },
    { sdist: { make: 'tar-symlink-parent' } },
    { sdist: { make: 'tar-symlink-top' } },
    { sdist: { make: 'tar-symlink-chain' } },
    { sdist: { make: 'tar-hardlink-outside' } },
    { sdist: { make: 'tar-symlink-own-top' } },
    { sdist: { make: 'tar-symlink-chain-later' } },
  ],
  good: [{ sdist: { make: 'tar-symlink-inside' } }, { sdist: { make: 'tar-symlink-directory' } }],
  *check(subject) {
    const { links } = linksOf(subject)
    for (const { member, link, reach } of links) {
      const refusers = refusersOf(subject, member, ['link-outside', 'link-absolute'])
      const leaves = reach === 'outside' || reach === 'absolute'
      if (!leaves && refusers.length === 0) continue
      const kind = member.type === 'symlink' ? 'symbolic' : 'hard'
      const where =
        reach === 'absolute'
          ? 'an absolute path'
          : leaves
            ? 'which is outside of the source directory'
            : 'which leaves the source directory on its way, because pip strips the top-level directory'
      yield finding(
        { member: member.path, offset: member.offset },
        `The ${kind} link ${quote(member.path)} points to ${quote(link)}, ${where}.`,
        refusers.length > 0 ? { enforcedBy: refusers } : { severity: 'warning', enforcedBy: [] },
      )
    }
  },
})
