import type { Problem, ProblemKind } from './problem.js'

/** Takes down a problem. */
export type Note = (problem: Problem) => void

/**
 * The first problems of each sort in one archive: no report shows as many, and a file can have one a byte. A sort is a kind with
 * what makes one of it worse than another, so that no flood of harmless ones pushes out a bad one. The first that is left out
 * is said.
 */
export function problemList(most: number): { readonly problems: Problem[]; readonly note: Note } {
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
        problems.push({ kind: 'limit-problems', offset: problem.offset, of: problem.kind, limit: most })
      }
    },
  }
}

/** More headers than this before one member, and Python gives up. */
export const MOST_NESTED = 300

function sortOf(problem: Problem): string {
  switch (problem.kind) {
    case 'tar-number-invalid':
    case 'tar-pax-record':
    case 'tar-extension-padding':
      return `${problem.kind} ${problem.tarfile}`
    case 'tar-extension-chain':
      return `${problem.kind} ${problem.count > MOST_NESTED}`
    case 'tar-long-name':
      return `${problem.kind} ${problem.fault}`
    case 'tar-sparse':
      return `${problem.kind} ${problem.broken}`
    case 'tar-time':
      return `${problem.kind} ${problem.uv}`
    default:
      return problem.kind
  }
}
