import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

/** Binary numbers that are negative or too large; Python takes them as they are. */
const UNUSABLE = /^-|^[0-9]{16}/

export default rule({
  id: 'tar-number-invalid',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A number in a header is no number, is negative or is too large.',
  why: 'Python stops reading here without a word, or does not stop at all: a negative size has made it loop. uv refuses the file.',
  fix: BUILD_AGAIN,
  securitySeverity: 7.0,
  bad: [{ sdist: { make: 'tar-size-letters' } }, { sdist: { make: 'tar-size-negative' } }],
  good: { sdist: {} },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['tar-number-invalid'],
      problem =>
        `The header of ${memberText(problem)} has ${quote(problem.text)} as its ${problem.field}, which is no octal number that can be used.`,
      ({ text }) => (UNUSABLE.test(text) ? ['pip', 'uv'] : ['uv']),
    )
  },
})
