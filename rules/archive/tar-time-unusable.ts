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
  summary: 'A member has a time that no file can have.',
  why: 'pip breaks down where it sets the time of the file, with an OverflowError or ValueError.',
  fix: BUILD_AGAIN,
  bad: [{ sdist: { make: 'tar-mtime-nan' } }, { sdist: { make: 'tar-mtime-beyond' } }],
  good: { sdist: { make: 'tar-mtime-fraction' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-time'],
      problem =>
        `${memberText(problem)} has the time ${quote(problem.text)}; seconds since 1970 that fit into 64 bits are expected.`,
      ({ uv }) => (uv ? ['pip', 'uv'] : ['pip']),
    ),
})
