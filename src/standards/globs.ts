/** Patterns of `project.license-files`, as the glob patterns specification has them. */

/** Each pattern is compared with every member: more than this nobody writes. */
export const MOST_PATTERNS = 100

const CHARACTERS = /^[\p{L}\p{N}_ \-./*?[\]]+$/u

/** Why a pattern is refused, or undefined. */
export function globProblem(pattern: string): string | undefined {
  if (pattern === '') return 'it is empty'
  if (pattern.length > 1000) return 'it has more than 1000 characters'
  if (pattern.includes('..')) return "it holds '..'"
  if (pattern.startsWith('/')) return 'it is absolute'
  if (pattern.includes('\\')) return "it holds '\\'; the parts are separated by '/'"
  if (!CHARACTERS.test(pattern)) return 'it holds a character that no pattern may have'
  if (pattern.split('/').some(part => part.includes('**') && part !== '**'))
    return "'**' is not a whole part of the path"
  return undefined
}

/** Tells whether a path matches: `*`, `?` and `[…]` within a part, `**` for any number of parts. Case counts. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const parts = pattern.split('/').filter(part => part !== '' && part !== '.')
  return path => matchParts(parts, path.replace(/\/$/, '').split('/'))
}

const matchParts = (pattern: readonly string[], path: readonly string[]) => matchAll(pattern, '**', path, matchPart)

/** The same within one part. */
const matchPart = (pattern: string, text: string) => matchAll(tokenize(pattern), '*', text, matchesOne)

/** Greedy with one point to go back to, so the time is the product of the two lengths at most. */
function matchAll(
  pattern: readonly string[],
  any: string,
  items: ArrayLike<string>,
  matches: (one: string, item: string) => boolean,
): boolean {
  let p = 0
  let i = 0
  let back: readonly [number, number] | undefined
  while (i < items.length) {
    const one = pattern[p]
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
  while (pattern[p] === any) p++
  return p === pattern.length
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
