import type { Problem } from '../../src/archive/problem.js'
import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byEnd, fromProblems, PYPI_ARCHIVES } from './_problems.js'

const KINDS = ['zip-count-mismatch', 'zip-directory-offset', 'zip-directory-size', 'zip-directory-refused'] as const

function message(problem: Problem<(typeof KINDS)[number]>): string {
  if (problem.kind === 'zip-count-mismatch')
    return `The central directory has ${problem.count} entries, but the end record states ${problem.stated}.`
  if (problem.kind === 'zip-directory-refused')
    return 'The central directory is not directly before the end record, where Python looks for it.'
  if (problem.kind === 'zip-directory-size')
    return `The central directory takes ${plural(problem.bytes, 'byte')}, but the end record states ${plural(problem.stated, 'byte')}.`
  return `The central directory starts at offset ${problem.start}, but the end record states ${problem.stated}.`
}

export default rule({
  id: 'zip-end-record-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The end record contradicts the place, size or number of entries of the central directory.',
  why: 'A reader that trusts the end record misses members, or reads them from the wrong place. PyPI and uv refuse the file.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage:
    'ZIP archive not accepted: Mismatched central directory records. See https://docs.pypi.org/archives for more information / Mismatched central directory offset / Mismatched central directory size',
  securitySeverity: 6.5,
  bad: [{ wheel: { make: 'zip-count' } }, { wheel: { make: 'zip-gap-end' }, alsoGives: ['zip-gap'] }],
  good: { wheel: {} },
  check: subject =>
    fromProblems(subject, KINDS, message, problem =>
      problem.kind === 'zip-directory-refused' || (problem.kind === 'zip-count-mismatch' && problem.replaced)
        ? byEnd(subject)
        : byEnd(subject, 'uv'),
    ),
})
