import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byWalk, fromProblems, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-trailing-data',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'Bytes follow the end record.',
  why: 'PyPI refuses the file, uv does unless they are all zero, and some readers then take another end record.',
  fix: 'Remove what was appended: a signature belongs in a file of its own.',
  pypiMessage: 'ZIP archive not accepted: Trailing data. See https://docs.pypi.org/archives for more information',
  securitySeverity: 5.5,
  bad: { wheel: { make: 'zip-suffix' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-trailing-data'],
      problem =>
        `${plural(problem.bytes, 'byte')} follow the end record of the zip at offset ${problem.offset}; the file must end there.`,
      ({ zeros }) => byWalk(subject, ...(zeros ? [] : (['uv'] as const))),
    ),
})
