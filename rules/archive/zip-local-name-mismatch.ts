import { landing } from '../../src/archive/landing.js'
import { quote, rule } from '../../src/rule.js'
import { byReading, byWalk, fromProblems, isDirectory, PYPI_ARCHIVES, uvUnpacks } from './_problems.js'

export default rule({
  id: 'zip-local-name-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The local header gives a member a different name than the central directory.',
  why: 'A reader that scans the file writes a different file than one that uses the directory. PyPI rejects such a file, and pip and uv refuse to install it.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage:
    'ZIP archive not accepted: Filename not in central directory. See https://docs.pypi.org/archives for more information',
  securitySeverity: 8.5,
  bad: { wheel: { make: 'zip-local-name' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-local-name'],
      problem =>
        `The central directory lists ${quote(problem.member)}, but the local header at offset ${problem.offset} names ${quote(problem.local)}.`,
      problem => {
        // uv compares the names of directories, because it does not read their content.
        const same =
          isDirectory(problem) && problem.local.endsWith('/') && landing(problem.member) === landing(problem.local)
        // It passes over what leads out of the tree, but misses one of the two records where the other does not.
        const isAlone = uvUnpacks({ member: problem.local }) && !subject.members.has(problem.local)
        const uv = !same && (uvUnpacks(problem) || isAlone)
        return byWalk(subject, ...byReading(subject, problem, 'bad-zip'), ...(uv ? (['uv'] as const) : []))
      },
    ),
})
