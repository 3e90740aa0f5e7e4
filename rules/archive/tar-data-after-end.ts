import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'tar-data-after-end',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'The end of the archive is followed by bytes other than zero.',
  why: 'Readers ignore these bytes, so nobody knows what they are. uv refuses the archive when they follow a single zero block.',
  fix: BUILD_AGAIN,
  bad: [{ sdist: { make: 'tar-data-after-end' } }, { sdist: { make: 'tar-rest-after-end' } }],
  good: { sdist: { make: 'tar-much-padding' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-data-after-end'],
      problem =>
        `The zero blocks that end the archive are followed by other bytes at offset ${problem.offset} of the tar.`,
      ({ uv }) => (uv ? ['uv'] : []),
    ),
})
