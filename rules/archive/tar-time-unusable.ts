import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-time-unusable',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'The modification time of a member is not valid.',
  why: 'pip fails with an OverflowError or ValueError when it sets the time of the file.',
  fix: BUILD_AGAIN,
  bad: [{ sdist: { make: 'tar-mtime-nan' } }, { sdist: { make: 'tar-mtime-beyond' } }],
  good: { sdist: { make: 'tar-mtime-fraction' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-time'],
      problem =>
        `${memberText(problem)} has the modification time ${quote(problem.text)}. Expected seconds since 1970 that fit into 64 bits.`,
      ({ uv }) => (uv ? ['pip', 'uv'] : ['pip']),
    ),
})
