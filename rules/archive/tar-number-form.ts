import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-number-form',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'SHOULD',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A number in a header is not written as terminated octal digits.',
  why: 'Python accepts leading spaces, a missing terminator, a NUL inside, signs and binary numbers. uv refuses the archive.',
  fix: BUILD_AGAIN,
  bad: [{ sdist: { make: 'tar-size-blanks' } }, { sdist: { make: 'tar-uid-nul' } }],
  good: { sdist: { make: 'tar-numbers-empty' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-number-form'],
      problem =>
        `The header of ${memberText(problem)} has ${quote(problem.text)} as its ${problem.field}. Expected octal digits that end with a NUL or a space.`,
      ({ uv }) => (uv ? ['uv'] : []),
    ),
})
