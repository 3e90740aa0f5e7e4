import type { Problem } from '../../src/archive/problem.js'
import type { Enforcer } from '../../src/finding.js'
import { rule } from '../../src/rule.js'
import { byWalk, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

const WHY = {
  short: 'is shorter than 5 bytes',
  'not-utf8': 'is not UTF-8',
  control: 'contains a control character',
  version: 'has a version other than 1',
}

export default rule({
  id: 'zip-unicode-path-invalid',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'A Unicode path field is malformed, or contains a control character.',
  why: 'PyPI rejects the file, and readers that use the field fail.',
  fix: 'Write the name itself as UTF-8 with flag bit 11, without the field 0x7075.',
  pypiMessage:
    'ZIP archive not accepted: Filename not valid UTF-8. See https://docs.pypi.org/archives for more information',
  bad: [
    { wheel: { make: 'zip-unicode-path-invalid' } },
    { wheel: { make: 'zip-unicode-path-control' }, alsoGives: ['zip-unicode-path-mismatch'] },
  ],
  good: { wheel: { make: 'zip-unicode-path-same' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-unicode-path-invalid'],
      problem =>
        `The Unicode path field in the ${problem.where} header of ${memberText(problem)} ${WHY[problem.fault]}.`,
      problem => enforcersOf(problem, byWalk(subject).length > 0),
    ),
})

/**
 * PyPI checks the text in a local header; its Python checks a field of the directory; uv checks where it takes the name
 * from.
 */
function enforcersOf(
  { where, fault, version, fits }: Problem<'zip-unicode-path-invalid'>,
  stops: boolean,
): readonly Enforcer[] {
  const text = fault === 'not-utf8' || fault === 'control'
  const python = fault === 'short' || (fault === 'not-utf8' && fits)
  const pypi = where === 'local' ? text && stops : python
  const uv = fault === 'short' ? version === undefined || version === 1 : text && fits
  return [...(pypi ? (['pypi'] as const) : []), ...(uv ? (['uv'] as const) : [])]
}
