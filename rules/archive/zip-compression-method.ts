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

/** pip supports bzip2 and LZMA, and checks the method only where there is something to read; uv supports Zstandard. */
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
  summary: 'A member is not stored or deflated.',
  why: 'PyPI accepts only stored and deflated members, and Python needs optional modules to read other methods.',
  fix: 'Compress the member with deflate (method 8) or store it (method 0).',
  pypiMessage: 'File does not use a supported compression type',
  bad: { wheel: { make: 'zip-method' } },
  good: { wheel: { make: 'zip-stored' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-method'],
      problem =>
        `${memberText(problem)} is compressed with method ${problem.method}${METHODS[problem.method] ?? ''}. Only 0 (stored) and 8 (deflate) are allowed.`,
      problem =>
        enforcersOf(problem.method, problem.shadowed ? [] : byReading(subject, { member: problem.member }, 'other')),
    ),
})
