import type { Problem } from './problem.js'

/** Takes down a problem. */
export type Note = (problem: Problem) => void

/** The first problems of one archive: no report shows as many, and a file can have one a byte. */
export function problemList(most: number): { readonly problems: Problem[]; readonly note: Note } {
  const problems: Problem[] = []
  return {
    problems,
    note: problem => {
      if (problems.length < most) problems.push(problem)
    },
  }
}
