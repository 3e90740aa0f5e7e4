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
  summary: 'The end record is followed by other bytes.',
  why: 'PyPI rejects the file, and so does uv unless the bytes are all zero. Some readers then use another end record.',
  fix: 'Remove what was appended. A signature belongs in a separate file.',
  pypiMessage: 'ZIP archive not accepted: Trailing data. See https://docs.pypi.org/archives for more information',
  securitySeverity: 5.5,
  bad: { wheel: { make: 'zip-suffix' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-trailing-data'],
      problem =>
        `The end record of the zip at offset ${problem.offset} is followed by ${plural(problem.bytes, 'byte')}. The file must end there.`,
      ({ zeros }) => byWalk(subject, ...(zeros ? [] : (['uv'] as const))),
    ),
})
