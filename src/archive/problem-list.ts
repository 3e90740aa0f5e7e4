import type { Problem } from './problem.js'

/** Takes down a problem. */
export type Note = (problem: Problem) => void

/** Problems of one archive that are kept; no report shows as many, and a file can have one a byte. */
const MOST_PROBLEMS = 10_000

/** A list of problems that does not grow without end. */
export function problemList(): { readonly problems: readonly Problem[]; readonly note: Note } {
  const problems: Problem[] = []
  return {
    problems,
    note: problem => {
      if (problems.length < MOST_PROBLEMS) problems.push(problem)
    },
  }
}
