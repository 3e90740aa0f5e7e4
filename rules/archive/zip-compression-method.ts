import type { Enforcer } from '../../src/finding.js'
import { rule } from '../../src/rule.js'
import { byReading, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

const METHODS: Readonly<Record<number, string>> = {
  9: ' (Deflate64)',
  12: ' (bzip2)',
  14: ' (LZMA)',
  93: ' (Zstandard)',
  95: ' (XZ)',
}

/** pip has bzip2 and LZMA, and asks for the method only where there is something to read; uv has Zstandard. */
function enforcersOf(method: number, reading: readonly Enforcer[]): readonly Enforcer[] {
  const pip = method !== 12 && method !== 14 && reading.includes('pip')
  return ['pypi', ...(pip ? (['pip'] as const) : []), ...(method === 93 ? [] : (['uv'] as const))]
}

export default rule({
  id: 'zip-compression-method',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'A member is compressed by another method than deflate.',
  why: 'PyPI takes stored and deflated members only; Python without an optional module cannot read the others.',
  fix: 'Compress with deflate (method 8) or store (method 0).',
  pypiMessage: 'File does not use a supported compression type',
  bad: { wheel: { make: 'zip-method' } },
  good: { wheel: { make: 'zip-stored' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-method'],
      problem =>
        `${memberText(problem)} is compressed by method ${problem.method}${METHODS[problem.method] ?? ''}; a wheel may have 0 (stored) and 8 (deflate).`,
      problem =>
        enforcersOf(problem.method, problem.shadowed ? [] : byReading(subject, { member: problem.member }, 'other')),
    ),
})
