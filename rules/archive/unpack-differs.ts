import { finding, quote, rule } from '../../src/rule.js'
import { withoutEnd } from '../../src/text/ends.js'
import { SDIST_ARCHIVE, unpackedOf } from '../shared/tar.js'

export default rule({
  id: 'unpack-differs',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'pip and uv unpack different files.',
  why: 'The result depends on the order in which an installer unpacks links and members that replace others, so pip and uv build from different sources.',
  breaks: 'pip and uv build from different sources, and neither has to be what was reviewed.',
  fix: 'Store each path once, and do not replace a member with a link.',
  securitySeverity: 7.0,
  bad: { sdist: { make: 'tar-directory-over-link' } },
  good: { sdist: { make: 'tar-symlink-directory' } },
  *check(subject) {
    const { differs, overwrites } = unpackedOf(subject)
    if (differs === undefined || overwrites.length > 0) return
    const names = [differs, `${subject.top}/${differs}`]
    const last = subject.members.list.findLast(({ path }) => names.includes(withoutEnd(path, /\//)))
    yield finding({ member: differs, offset: last?.offset }, `pip and uv unpack ${quote(differs)} differently.`)
  },
})
