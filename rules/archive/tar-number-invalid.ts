import type { Problem } from '../../src/archive/problem.js'
import type { TarfileAt } from '../../src/archive/tar-problem.js'
import type { Enforcer } from '../../src/finding.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

const DOES: Readonly<Record<TarfileAt, string>> = {
  ends: 'tarfile takes the archive to be over here, without a word, so pip and PyPI see nothing that follows',
  refuses: 'tarfile refuses the archive',
  crashes: 'tarfile fails with an error that nobody expects',
}

/** A negative size makes an older tarfile loop; what Python's tarfile does, pip and PyPI do. */
function enforcersOf({ tarfile, uv, text }: Problem<'tar-number-invalid'>): readonly Enforcer[] {
  const python: readonly Enforcer[] =
    tarfile === 'refuses'
      ? ['pip', 'pypi', 'twine']
      : tarfile === 'crashes'
        ? ['pip', 'pypi-crash', 'twine']
        : text.startsWith('-')
          ? ['pip', 'twine']
          : []
  return uv ? [...python, 'uv'] : python
}

export default rule({
  id: 'tar-number-invalid',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'pypi', 'pypi-crash', 'twine', 'uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A number in a header is no number, is negative or is too large.',
  why: 'Python stops reading here without a word, so pip and PyPI see another archive than readers that go on; a negative size has made it loop, and one above 2^63 makes it fail. uv refuses the file, but does not read the device numbers.',
  breaks: 'pip and PyPI do not see the members that follow; uv, GNU tar and others do.',
  pypiMessage: 'Invalid distribution file. None',
  fix: BUILD_AGAIN,
  securitySeverity: 7.0,
  bad: [
    { sdist: { make: 'tar-size-letters' } },
    { sdist: { make: 'tar-size-negative' } },
    { sdist: { make: 'tar-size-beyond' } },
    { sdist: { make: 'tar-devmajor-binary' } },
  ],
  good: { sdist: {} },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['tar-number-invalid'],
      problem =>
        `The header of ${memberText(problem)} has ${quote(problem.text)} as its ${problem.field}, which is no number that can be used: ${DOES[problem.tarfile]}.`,
      enforcersOf,
      true,
    )
  },
})
