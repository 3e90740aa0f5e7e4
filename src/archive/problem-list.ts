import type { Problem } from './problem.js'

/** Takes down a problem. */
export type Note = (problem: Problem) => void

/** Of each kind: more than the members of any file that was seen. */
export const MOST_OF_A_KIND = 20_000

/** What tells a bad case of a kind from a harmless one. */
const SHADES = [
  'where', 'bit', 'differ', 'content', 'sameMode', 'fault', 'fits', 'flagged', 'crcFits', 'stored', 'binary', 'zeros', 'whole',
] as const // biome-ignore format: a list of words

/** Files that index and installers open: what is wrong with them weighs more than the same in others. */
const OPENED = /\.pye?$|\.dist-info\/[^/]*$|(?:^|\/)(?:PKG-INFO|pyproject\.toml)$/i

/**
 * The first problems of each kind in one archive: a file can have one a byte, and many of one kind push out none of another. Where
 * some are left out, one more problem says so.
 */
export function problemList(most = MOST_OF_A_KIND): { readonly problems: Problem[]; readonly note: Note } {
  const problems: Problem[] = []
  const counts = new Map<string, number>()
  return {
    problems,
    note: problem => {
      const key = kindOf(problem)
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (count <= most) problems.push(problem)
      else if (count === most + 1) {
        const { kind, member, offset } = problem
        problems.push({ kind: 'limit-problems', of: kind, member, offset, limit: most })
      }
    },
  }
}

function kindOf(problem: Problem): string {
  const fields = problem as { readonly [K in (typeof SHADES)[number]]?: unknown }
  let key: string = problem.kind
  for (const shade of SHADES) if (fields[shade] !== undefined) key += ` ${typeOf(fields[shade])}`
  if (problem.member !== undefined && OPENED.test(problem.member)) key += ' opened'
  return key
}

/** Words and truth values as they are; of anything else, a file can have too many. */
const typeOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'boolean' || value === 5 || value === 13 ? String(value) : typeof value
