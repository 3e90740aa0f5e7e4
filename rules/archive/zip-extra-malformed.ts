import { rule } from '../../src/rule.js'
import { fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-extra-malformed',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The extra fields of a member do not fit the space for them, or a zip64 field has a length that no use has.',
  why: 'A reader may run over into the content; PyPI and uv refuse the file.',
  fix: 'Build the file again. Padding of fewer than four bytes (zipalign) makes this too.',
  pypiMessage: 'ZIP archive not accepted: Malformed zip file. See https://docs.pypi.org/archives for more information',
  securitySeverity: 5.0,
  bad: [
    { wheel: { make: 'zip-extra-cut' } },
    { wheel: { make: 'zip64-extra-length' }, alsoGives: ['zip64-extra-contradiction'] },
  ],
  good: { wheel: { make: 'zip-extra-times' } },
  check: subject =>
    fromProblems(subject, ['zip-extra-malformed', 'zip64-extra-length'], problem =>
      problem.kind === 'zip64-extra-length'
        ? `The zip64 field in the ${problem.where} header of ${memberText(problem)} has ${problem.bytes} bytes; 8, 16, 24 and 28 have a meaning.`
        : `The extra fields in the ${problem.where} header of ${memberText(problem)} are malformed: ${problem.length === undefined ? `${problem.left} bytes` : `a field of ${problem.length} bytes in ${problem.left}`}.`,
    ),
})
