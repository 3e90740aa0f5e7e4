import { isOf, type Problem } from '../../src/archive/problem.js'
import type { Enforcer } from '../../src/finding.js'
import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import {
  byUvWalk,
  byWalk,
  crcText,
  enforcement,
  isDirectory,
  memberText,
  PYPI_ARCHIVES,
  problemFinding,
  uvUnpacks,
  type Zip,
} from './_problems.js'

/** PyPI compares these. */
const SIZES: ReadonlySet<Field> = new Set(['zip-local-size', 'zip-local-compressed-size'])

type Field = 'zip-local-size' | 'zip-local-compressed-size' | 'zip-local-crc' | 'zip-local-method'

export default rule({
  id: 'zip-local-header-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements; APPNOTE 6.3.10, sections 4.4.5 and 4.4.7',
  url: PYPI_ARCHIVES,
  summary:
    'The size, compressed size, CRC-32 or method of a member differs between its local header and the central directory.',
  why: 'Readers that use the local header truncate or reject the member, lose their place in the file, or read other contents from the same bytes. uv rejects the file for any of the four, PyPI for the sizes.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage:
    'ZIP archive not accepted: Mis-matched data size. See https://docs.pypi.org/archives for more information / ZIP archive not accepted: Mis-matched file size. See https://docs.pypi.org/archives for more information',
  securitySeverity: 7.5,
  formerly: [
    'zip-local-size-mismatch',
    'zip-local-compressed-size-mismatch',
    'zip-local-crc-mismatch',
    'zip-local-method-mismatch',
  ],
  bad: [
    { wheel: { make: 'zip-local-size' } },
    { wheel: { make: 'zip-local-compressed-size' } },
    { wheel: { make: 'zip-local-crc' } },
    { wheel: { make: 'zip-local-method' } },
    { wheel: { make: 'zip-local-method-directory' } },
  ],
  good: { wheel: {} },
  *check(subject) {
    for (const problem of subject.problems)
      if (isOf(problem, 'zip-local-size', 'zip-local-compressed-size', 'zip-local-crc', 'zip-local-method'))
        yield problemFinding(
          problem,
          `The local header of ${memberText(problem)} states ${difference(problem)}.`,
          // One header can differ in all of them.
          {
            ...enforcement(enforcersOf(subject, problem)),
            subject: `${problem.member ?? ''} ${problem.kind}`,
          },
        )
  },
})

function enforcersOf(subject: Zip, problem: Problem<Field>): readonly Enforcer[] {
  // Of a directory, and of what it does not unpack, uv only inflates what the local header says, which may be that of another member.
  if (problem.kind === 'zip-local-method') {
    if (!uvUnpacks(problem)) return problem.local === 0 ? [] : byUvWalk(subject)
    return problem.local === 0 && isDirectory(problem) ? [] : ['uv']
  }
  const uv: readonly Enforcer[] = uvUnpacks(problem)
    ? ['uv']
    : problem.kind === 'zip-local-compressed-size'
      ? byUvWalk(subject)
      : []
  return SIZES.has(problem.kind) ? byWalk(subject, ...uv) : uv
}

function difference(problem: Problem<Field>): string {
  switch (problem.kind) {
    case 'zip-local-size':
      return `${plural(problem.local, 'byte')}, but the central directory states ${plural(problem.central, 'byte')}`
    case 'zip-local-compressed-size':
      return `${plural(problem.local, 'byte')} compressed, but the central directory states ${plural(problem.central, 'byte')}`
    case 'zip-local-crc':
      return `the CRC-32 ${crcText(problem.local)}, but the central directory states ${crcText(problem.central)}`
    case 'zip-local-method':
      return `compression method ${problem.local}, but the central directory states ${problem.central}`
  }
}
