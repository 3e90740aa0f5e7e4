import { rule } from '../../src/rule.js'
import { byEnd, fromProblems, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip64-extensible-data',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The zip64 end record has an extensible data sector.',
  why: 'PyPI and pip refuse it: no reader knows what it contains.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage:
    'ZIP archive not accepted: ZIP64 extensible data not allowed. See https://docs.pypi.org/archives for more information',
  bad: { wheel: { make: 'zip64-end-extensible' } },
  good: { wheel: { make: 'zip64-end' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip64-extensible-data'],
      problem =>
        `The zip64 end record states a size of ${problem.bytes}. Without extensible data it is ${problem.expected}.`,
      () => byEnd(subject, 'uv'),
    ),
})
