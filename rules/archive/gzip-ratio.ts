import { finding, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { PYPI_UPLOAD } from '../shared/tar.js'

/** PyPI's limits for wheels. */
const RATIO = 50
const SIZE = 64 * 1024 * 1024

export default rule({
  id: 'gzip-ratio',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'PyPI upload, sdist checks',
  url: PYPI_UPLOAD,
  summary: 'The archive inflates to more than fifty times its size.',
  why: 'Scanners and mirrors may reject it as a decompression bomb; PyPI does so for wheels over 64 MiB.',
  fix: 'Remove large files of zeros or repeated text.',
  securitySeverity: 3.0,
  bad: { sdist: { make: 'gzip-bomb' } },
  good: { sdist: { make: 'gzip-some-zeros' } },
  *check(subject) {
    const inflated = subject.archive.gzip?.inflatedSize ?? 0
    if (inflated > SIZE && inflated > RATIO * subject.size)
      yield finding(
        undefined,
        `${plural(subject.size, 'byte')} inflate to ${plural(inflated, 'byte')}, ${Math.floor(inflated / subject.size)} times as much.`,
      )
  },
})
