import { finding, quote, rule } from '../../src/rule.js'
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
  why: 'Links, and members in the place of others, are unpacked in one order or another: the two build from different sources.',
  breaks: 'What one installer builds is not what the other builds, and what was reviewed may be neither.',
  fix: 'Store each path once, and no link in the place of another member.',
  securitySeverity: 7.0,
  bad: { sdist: { make: 'tar-directory-over-link' } },
  good: { sdist: { make: 'tar-symlink-directory' } },
  *check(subject) {
    const { differs, overwrites } = unpackedOf(subject)
    if (differs !== undefined && overwrites.length === 0)
      yield finding({ member: differs }, `pip and uv unpack ${quote(differs)} differently.`)
  },
})
