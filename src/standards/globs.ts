/** Patterns of `project.license-files`, as the glob patterns specification has them. */

import { fits } from '../text/ascii.js'

const hasAllowed = fits(/^[\w \-./*?[\]]+$/, () => /^[\p{L}\p{N}_ \-./*?[\]]+$/u)

/** Why a pattern is refused, or undefined. */
export function globProblem(pattern: string): string | undefined {
  if (pattern === '') return 'it is empty'
  if (pattern.length > 1000) return 'it has more than 1000 characters'
  if (pattern.includes('..')) return "it contains '..'"
  if (pattern.startsWith('/')) return 'it is absolute'
  if (pattern.includes('\\')) return "it contains '\\' (expected '/' between parts)"
  if (!hasAllowed(pattern)) return 'it contains a character that is not allowed in patterns'
  if (pattern.split('/').some(part => part.includes('**') && part !== '**'))
    return "'**' is not a whole part of the path"
  return undefined
}

/** Steps that comparing may take: with patterns and paths that only crafted files have it takes the product of all lengths. */
export interface GlobBudget {
  left: number
}

/** Twice what twenty patterns need for the longest list of files that was seen. */
const MOST_STEPS = 5_000_000

/** Below 0 once it was used up: nothing matched from then on. */
export const globBudget = (): GlobBudget => ({ left: MOST_STEPS })

/** Stands for `**`: any number of parts. */
const ANY_PARTS: readonly string[] = ['**']

/** Tells whether a path matches: `*`, `?` and `[…]` within a part, `**` for any number of parts. Case counts. */
export function globMatcher(pattern: string, budget: GlobBudget): (path: string) => boolean {
  const parts = pattern
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .map(part => (part === '**' ? ANY_PARTS : tokenize(part)))
  const matchPart = (tokens: readonly string[], text: string) => matchAll(tokens, '*', text, matchesOne, budget)
  return path => {
    budget.left -= 1 + (path.length >> 3)
    if (budget.left < 0) return false
    return matchAll(parts, ANY_PARTS, path.replace(/\/$/, '').split('/'), matchPart, budget)
  }
}

/** Greedy with one point to go back to, so the time is the product of the two lengths at most. */
function matchAll<P>(
  pattern: readonly P[],
  any: P,
  items: ArrayLike<string>,
  matches: (one: P, item: string) => boolean,
  budget: GlobBudget,
): boolean {
  // What stands behind the last `any` has one place where it fits: most paths are told there.
  const behind = pattern.length - 1 - pattern.lastIndexOf(any)
  if (behind > items.length || (behind === pattern.length && behind !== items.length)) return false
  for (let k = 1; k <= behind; k++) {
    budget.left--
    if (!matches(pattern[pattern.length - k]!, items[items.length - k] ?? '')) return false
  }
  const end = items.length - behind
  const last = pattern.length - behind
  let p = 0
  let i = 0
  let back: readonly [number, number] | undefined
  while (i < end) {
    budget.left--
    if (budget.left < 0) return false
    const one = p < last ? pattern[p] : undefined
    if (one === any) {
      back = [p, i]
      p++
    } else if (one !== undefined && matches(one, items[i] ?? '')) {
      p++
      i++
    } else if (back) {
      back = [back[0], back[1] + 1]
      p = back[0] + 1
      i = back[1]
    } else return false
  }
  while (p < last && pattern[p] === any) p++
  return p === last
}

/** Single characters, `*`, `?`, and whole `[…]` sets. */
function tokenize(pattern: string): readonly string[] {
  const tokens: string[] = []
  for (let i = 0; i < pattern.length; i++) {
    const end = pattern[i] === '[' ? pattern.indexOf(']', i + 2) : -1
    if (end > 0) {
      tokens.push(pattern.slice(i, end + 1))
      i = end
    } else tokens.push(pattern.charAt(i))
  }
  return tokens
}

function matchesOne(token: string, c: string): boolean {
  if (token === '?') return true
  if (token.length < 3) return token === c
  const set = token.slice(1, -1)
  for (let i = 0; i < set.length; i++) {
    if (set[i + 1] === '-' && i + 2 < set.length) {
      if (set.charAt(i) <= c && c <= set.charAt(i + 2)) return true
      i += 2
    } else if (set[i] === c) return true
  }
  return false
}
