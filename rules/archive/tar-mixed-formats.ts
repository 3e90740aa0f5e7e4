import { finding, rule } from '../../src/rule.js'
import { BUILD_AGAIN, SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'tar-mixed-formats',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'Headers of the GNU format and of ustar or pax are mixed.',
  why: 'No single writer does so; uv refuses the archive.',
  fix: BUILD_AGAIN,
  bad: { sdist: { make: 'tar-mixed-formats' } },
  good: { sdist: { make: 'tar-gnu' } },
  *check(subject) {
    const facts = subject.archive.tar
    if (!facts || facts.formats.gnu === 0 || facts.formats.ustar === 0) return
    const { gnu, ustar } = facts.formats
    const { firsts } = facts
    yield finding(
      // Where the other format begins.
      { offset: Math.max(firsts.gnu ?? 0, firsts.ustar ?? 0) },
      `The archive has ${gnu} headers of the GNU format and ${ustar} of ustar or pax; one format is expected.`,
    )
  },
})
