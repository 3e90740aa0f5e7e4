import { rule } from '../../src/rule.js'
import { byReading, byWalk, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-member-missing',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The central directory lists a member that is not in the file.',
  why: 'Installers cannot read it. PyPI and uv refuse the file.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage:
    'ZIP archive not accepted: Missing filename in local headers. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: { wheel: { make: 'zip-local-missing' }, alsoGives: ['zip-member-overlap'] },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-local-missing'],
      problem =>
        `The central directory lists ${memberText(problem)} at offset ${problem.offset}, where there is no local header.`,
      problem => byWalk(subject, ...byReading(subject, problem, 'bad-zip', 'uv')),
    ),
})
