import { rule } from '../../src/rule.js'
import { fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-extra-duplicated',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'A zip64 or Unicode path field occurs twice in one header.',
  why: 'Readers take the first or the last, and so another size or name; PyPI and uv refuse the file.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  pypiMessage:
    'ZIP archive not accepted: Invalid duplicate extra in local file. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: { wheel: { make: 'zip64-extra-twice' } },
  good: { wheel: { make: 'zip64-extra' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-extra-twice'],
      problem =>
        `The ${problem.where} header of ${memberText(problem)} has the extra field 0x${problem.id.toString(16).padStart(4, '0')} twice.`,
    ),
})
