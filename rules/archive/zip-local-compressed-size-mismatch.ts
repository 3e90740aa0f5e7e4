import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-local-compressed-size-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The local header of a member states another compressed size than the central directory.',
  why: 'Readers that go through the file lose their place there; PyPI and uv refuse it.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  pypiMessage:
    'ZIP archive not accepted: Mis-matched data size. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: { wheel: { make: 'zip-local-compressed-size' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-local-compressed-size'],
      problem =>
        `The local header of ${memberText(problem)} states ${plural(problem.local, 'byte')} compressed, the central directory ${plural(problem.central, 'byte')}.`,
    ),
})
