import type { Problem } from '../../src/archive/problem.js'
import type { TarfileAt } from '../../src/archive/tar-problem.js'
import type { Enforcer } from '../../src/finding.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

const DOES: Readonly<Record<TarfileAt, string>> = {
  ends: 'tarfile, which pip and PyPI use, silently treats this as the end of the archive',
  refuses: 'tarfile refuses to open the archive',
  crashes: 'tarfile fails with an unexpected exception',
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
  summary: 'A number in a header is invalid, negative or too large.',
  why: 'Python silently stops reading here, so pip and PyPI see a different archive than readers that continue. A negative size made older versions loop, and one above 2^63 makes it fail. uv refuses the file, but does not read device numbers.',
  breaks: 'pip and PyPI do not see the members that follow, but uv, GNU tar and other tools do.',
  fix: BUILD_AGAIN,
  pypiMessage: 'Invalid distribution file. None',
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
        `The header of ${memberText(problem)} has ${quote(problem.text)} as its ${problem.field}, which is not a usable number: ${DOES[problem.tarfile]}.`,
      enforcersOf,
      true,
    )
  },
})
