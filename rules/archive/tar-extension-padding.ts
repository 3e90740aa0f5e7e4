import type { Problem } from '../../src/archive/problem.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { problemFinding, problemsOf } from './_problems.js'

type Padding = Problem<'tar-extension-padding'>

const DOES: Readonly<Record<Padding['tarfile'], string>> = {
  reads: 'tarfile, which pip and PyPI use, reads it as part of the header, and uv does not',
  ends: 'tarfile, which pip and PyPI use, treats it as the end of the archive, and uv does not',
  refuses: 'tarfile refuses the archive',
  ignores: 'expected zeros',
}

export default rule({
  id: 'tar-extension-padding',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'pypi'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'The padding of an extended header is not zero.',
  why: "Python's tarfile reads a header to the end of its block, so text in the padding can rename or hide members for pip and PyPI, but not for uv. Text after a NUL is not read at all.",
  breaks: 'pip and PyPI see different members than uv and other tools do.',
  fix: BUILD_AGAIN,
  pypiMessage: 'Invalid distribution file. None',
  securitySeverity: 8.0,
  bad: [
    { sdist: { make: 'tar-pax-padding' } },
    { sdist: { make: 'tar-long-name-padding' }, alsoGives: ['tar-long-name-form'] },
    { sdist: { make: 'tar-pax-padding-junk' } },
    { sdist: { make: 'tar-long-name-padding-junk' } },
  ],
  good: { sdist: { make: 'tar-pax-long-name' } },
  *check(subject) {
    for (const problem of problemsOf(subject, 'tar-extension-padding'))
      yield problemFinding(
        problem,
        `The padding of the ${problem.header} header at offset ${problem.offset} of the tar contains ${quote(problem.text)}: ${DOES[problem.tarfile]}.`,
        problem.tarfile === 'ignores'
          ? { severity: 'warning', enforcedBy: [] }
          : { enforcedBy: problem.tarfile === 'refuses' ? ['pip', 'pypi'] : [] },
      )
  },
})
