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
  summary: 'Other bytes than zero follow the end of the archive.',
  why: 'Readers ignore them, so nobody knows what they are; uv refuses the archive when they follow a single zero block.',
  fix: BUILD_AGAIN,
  bad: [{ sdist: { make: 'tar-data-after-end' } }, { sdist: { make: 'tar-rest-after-end' } }],
  good: { sdist: { make: 'tar-much-padding' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-data-after-end'],
      problem =>
        `Bytes other than zero follow the zero blocks that end the archive, at offset ${problem.offset} of the tar.`,
      ({ uv }) => (uv ? ['uv'] : []),
    ),
})
