import { rule } from '../../src/rule.js'
import { fromProblems, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-also-tar',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The file is both a zip and a tar archive.',
  why: 'PyPI rejects a file that opens in two formats, because each format shows different contents.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage: 'File is both a zip and a tar file.',
  securitySeverity: 7.5,
  bad: { wheel: { make: 'zip-tar' }, alsoGives: ['zip-prepended-data'] },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-also-tar'],
      () => 'The first 512 bytes are a valid tar header, so the file also opens as a tar archive.',
    ),
})
