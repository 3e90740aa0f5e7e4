import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-local-size-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The local header of a member states another size than the central directory.',
  why: 'Readers that believe the local header cut or refuse the member; PyPI and uv refuse the file.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  pypiMessage:
    'ZIP archive not accepted: Mis-matched file size. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: { wheel: { make: 'zip-local-size' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-local-size'],
      problem =>
        `The local header of ${memberText(problem)} states ${plural(problem.local, 'byte')}, the central directory ${plural(problem.central, 'byte')}.`,
    ),
})
