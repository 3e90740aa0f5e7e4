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
  summary: 'A file has the same path as an earlier link and is written into the target of the link.',
  why: 'pip opens the existing path and so overwrites another file. uv replaces the link, and PyPI only reads the archive.',
  breaks: 'pip builds from different content than PyPI and uv see, because the target of the link is overwritten.',
  fix: 'Store each path only once, and no file under the name of an earlier link.',
  securitySeverity: 8.0,
  bad: [{ sdist: { make: 'tar-overwrite-hard' } }, { sdist: { make: 'tar-overwrite-symbolic' } }],
  good: [{ sdist: { make: 'tar-symlink-inside' } }, { sdist: { make: 'tar-hardlink-inside' } }],
  *check(subject) {
    for (const { member, link, path, existed } of unpackedOf(subject).overwrites)
      yield finding(
        { member: member.path, offset: member.offset },
        `${quote(member.path)} comes after a ${link} link with the same path. pip writes it into ${quote(path)}, ${existed ? 'whose content is lost' : 'which is not a member'}.`,
      )
  },
})
