import type { Problem, ProblemKind } from './problem.js'

/** Takes down a problem. */
export type Note = (problem: Problem) => void

/** Of each sort: more than the members of any file that was seen. */
const MOST_OF_A_SORT = 20_000

/** More headers than this before one member, and Python gives up. */
export const MOST_NESTED = 300

/** What tells a bad case of a kind from a harmless one. */
const SHADES = [
  'where', 'bit', 'differ', 'content', 'sameMode', 'fault', 'fits', 'flagged', 'crcFits', 'stored', 'binary', 'zeros', 'whole',
  'tarfile', 'broken', 'uv',
] as const // biome-ignore format: a list of words

/** Files that index and installers open: what is wrong with them weighs more than the same in others. */
const OPENED = /\.pye?$|\.dist-info\/[^/]*$|(?:^|\/)(?:PKG-INFO|pyproject\.toml)$/i

/**
 * The first problems of each sort in one archive: a file can have one a byte. A sort is a kind with what makes one of it worse
 * than another, so that no flood of harmless ones pushes out a bad one. The first of a kind that is left out is said.
 */
export function problemList(most = MOST_OF_A_SORT): { readonly problems: Problem[]; readonly note: Note } {
  const problems: Problem[] = []
  const counts = new Map<string, number>()
  const told = new Set<ProblemKind>()
  return {
    problems,
    note: problem => {
      const sort = sortOf(problem)
      const count = counts.get(sort) ?? 0
      counts.set(sort, count + 1)
      if (count < most) problems.push(problem)
      else if (!told.has(problem.kind)) {
        told.add(problem.kind)
        const { kind, member, offset } = problem
        problems.push({ kind: 'limit-problems', of: kind, member, offset, limit: most })
      }
    },
  }
}

function sortOf(problem: Problem): string {
  const fields = problem as { readonly [K in (typeof SHADES)[number]]?: unknown }
  let sort: string = problem.kind
  for (const shade of SHADES) if (fields[shade] !== undefined) sort += ` ${typeOf(fields[shade])}`
  if (problem.kind === 'tar-extension-chain' && problem.count > MOST_NESTED) sort += ' nested'
  if (problem.member !== undefined && OPENED.test(problem.member)) sort += ' opened'
  return sort
}

/** Words and truth values as they are; of anything else, a file can have too many. */
const typeOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'boolean' || value === 5 || value === 13 ? String(value) : typeof value
