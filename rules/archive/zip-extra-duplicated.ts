import { rule } from '../../src/rule.js'
import { byWalk, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

/** Zip64 and Unicode path: PyPI looks at these in a local header. */
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
  summary: 'An extra field occurs twice in one header.',
  why: 'Readers take the first or the last, of a zip64 or Unicode path field another size or name. uv refuses any such field, PyPI these two.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
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
        `The ${problem.where} header of ${memberText(problem)} has the extra field 0x${problem.id.toString(16).padStart(4, '0')} twice.`,
      ({ where, id }) => (where === 'local' && PYPI_ONCE.has(id) ? byWalk(subject, 'uv') : ['uv']),
    ),
})
