import type { Problem } from '../../src/archive/problem.js'
import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byEnd, fromProblems, PYPI_ARCHIVES } from './_problems.js'

const KINDS = ['zip-count-mismatch', 'zip-directory-offset', 'zip-directory-size', 'zip-directory-refused'] as const

function message(problem: Problem<(typeof KINDS)[number]>): string {
  if (problem.kind === 'zip-count-mismatch')
    return `The central directory has ${problem.count} entries; the end record says ${problem.stated}.`
  if (problem.kind === 'zip-directory-refused')
    return 'Python looks for the central directory as many bytes in front of the end record as it takes, and does not find it there.'
  if (problem.kind === 'zip-directory-size')
    return `The central directory takes ${plural(problem.bytes, 'byte')}; the end record says ${plural(problem.stated, 'byte')}.`
  return `The central directory begins at offset ${problem.start}; the end record says ${problem.stated}.`
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
  summary: 'The end record disagrees with the central directory about its place, its size or its number of entries.',
  why: 'A reader that believes the end record misses members, or reads them from the wrong place; PyPI and uv refuse the file.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  pypiMessage:
    'ZIP archive not accepted: Mismatched central directory records. See https://docs.pypi.org/archives for more information / Mismatched central directory offset / Mismatched central directory size',
  securitySeverity: 6.5,
  bad: [{ wheel: { make: 'zip-count' } }, { wheel: { make: 'zip-gap-end' }, alsoGives: ['zip-gap'] }],
  good: { wheel: {} },
  check: subject =>
    fromProblems(subject, KINDS, message, problem =>
      problem.kind === 'zip-directory-refused' ? byEnd(subject) : byEnd(subject, 'uv'),
    ),
})
