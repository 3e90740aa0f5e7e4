import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-pax-duplicate',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'A pax header sets the same key twice.',
  why: 'Most readers use the last value, uv refuses the archive.',
  fix: BUILD_AGAIN,
  bad: { sdist: { make: 'tar-pax-twice' } },
  good: { sdist: { make: 'tar-pax-known-vendor' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-pax-duplicate'],
      problem =>
        `The pax header of ${memberText(problem)} sets ${quote(problem.key)} twice: to ${quote(problem.other)} and ${quote(problem.value)}.`,
    ),
})
