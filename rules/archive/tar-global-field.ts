import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-global-field',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv', 'pip', 'pypi'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'A global pax header sets a field that belongs to a single member.',
  why: 'It applies to all following members, and readers disagree on how.',
  fix: BUILD_AGAIN,
  pypiMessage: 'Invalid distribution file. None',
  securitySeverity: 7.0,
  bad: [{ sdist: { make: 'tar-global-path' } }, { sdist: { make: 'tar-global-size' } }],
  good: { sdist: { make: 'tar-global-comment' } },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['tar-global-field'],
      problem =>
        `A global pax header sets ${quote(problem.key)} to ${quote(problem.value)} for all members that follow.`,
      () => ['uv'],
    )
    yield* fromProblems(
      subject,
      ['tar-global-size'],
      problem =>
        `${memberText(problem)} gets the size ${problem.size} from a global pax header, so that its content extends past the end of the tar.`,
      // PyPI reads Python files.
      ({ member = '' }) => (/\.pye?$/i.test(member) ? ['pip', 'pypi'] : ['pip']),
    )
  },
})
