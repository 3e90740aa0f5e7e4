import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_ARCHIVE, unpackedOf } from '../shared/tar.js'

export default rule({
  id: 'link-overwrite',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'A file has the path of an earlier link, and is written into what the link points to.',
  why: 'pip opens the path that is there and so replaces the content of the other file; uv replaces the link, and PyPI reads the archive alone.',
  breaks: 'What pip builds is not what PyPI and uv see: the other file has another content there.',
  fix: 'Store each path once, and a link after no file of its name.',
  securitySeverity: 8.0,
  bad: [{ sdist: { make: 'tar-overwrite-hard' } }, { sdist: { make: 'tar-overwrite-symbolic' } }],
  good: [{ sdist: { make: 'tar-symlink-inside' } }, { sdist: { make: 'tar-hardlink-inside' } }],
  *check(subject) {
    for (const { member, link, path, existed } of unpackedOf(subject).overwrites)
      yield finding(
        { member: member.path, offset: member.offset },
        `${quote(member.path)} comes after a ${link} link of this path: pip writes it into ${quote(path)}, ${existed ? 'whose content is lost' : 'which no member is'}.`,
      )
  },
})
