import { rule } from '../../src/rule.js'
import { byWalk, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

/** Zip64 and Unicode path: PyPI checks these in a local header. */
const PYPI_ONCE: ReadonlySet<number> = new Set([0x0001, 0x7075])

export default rule({
  id: 'zip-extra-duplicated',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'A header contains the same extra field twice.',
  why: 'Some readers use the first and others the last, and so see another size or name. uv refuses any duplicate field, PyPI those for zip64 and Unicode paths.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage:
    'ZIP archive not accepted: Invalid duplicate extra in local file. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: [{ wheel: { make: 'zip64-extra-twice' } }, { wheel: { make: 'zip-extra-times-twice' } }],
  good: [{ wheel: { make: 'zip64-extra' } }, { wheel: { make: 'zip-extra-times' } }],
  check: subject =>
    fromProblems(
      subject,
      ['zip-extra-twice'],
      problem =>
        `The ${problem.where} header of ${memberText(problem)} contains the extra field 0x${problem.id.toString(16).padStart(4, '0')} twice.`,
      ({ where, id }) => (where === 'local' && PYPI_ONCE.has(id) ? byWalk(subject, 'uv') : ['uv']),
    ),
})
