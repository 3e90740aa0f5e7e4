/**
 * Finds the longest version at a position, as text. One pass without backtracking, because a regular expression with a loop
 * over the parts exhausts its stack on a long text.
 */

export interface ScannedVersion {
  readonly epoch: string | undefined
  readonly release: string
  /** Spelling, and digits or the empty string. */
  readonly pre: readonly [kind: string, number: string] | undefined
  /** The spelling is empty for the bare form `-1`. */
  readonly post: readonly [kind: string, number: string] | undefined
  readonly dev: readonly [kind: string, number: string] | undefined
  readonly local: string | undefined
  /** Ends of the release, of the public part and of everything. */
  readonly releaseEnd: number
  readonly publicEnd: number
  readonly end: number
}

// No `u` flag: with it, `i` would also match letters outside ASCII.
const PRE = /[-_.]?(alpha|beta|preview|pre|a|b|c|rc)[-_.]?/iy
const POST = /[-_.]?(post|rev|r)[-_.]?/iy
const DEV = /[-_.]?(dev)[-_.]?/iy
/** What packaging's `~=` also takes, as its pattern ignores case by Unicode's rules. No such text is a version in the end. */
const PRE_FOLDED = /[-_.]?(alpha|beta|prev[i\u0130\u0131]ew|pre|a|b|c|rc)[-_.]?/iy
const POST_FOLDED = /[-_.]?(po[s\u017f]t|rev|r)[-_.]?/iy

export const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39

function digitsEnd(text: string, at: number): number {
  let end = at
  while (isDigit(text.charCodeAt(end))) end++
  return end
}

function alphanumericEnd(text: string, at: number): number {
  let end = at
  for (;;) {
    const unit = text.charCodeAt(end)
    const letter = unit | 0x20
    if (!isDigit(unit) && !(unit < 0x80 && letter >= 0x61 && letter <= 0x7a)) return end
    end++
  }
}

/** The version that starts at `at`, or undefined. `folded` widens the letters as packaging does for `~=`. */
export function scanVersion(text: string, at: number, folded = false): ScannedVersion | undefined {
  let start = at
  if (text[start] === 'v' || text[start] === 'V') start++
  let end = digitsEnd(text, start)
  if (end === start) return undefined
  let epoch: string | undefined
  if (text[end] === '!') {
    const next = digitsEnd(text, end + 1)
    // An epoch is not given up again.
    if (next === end + 1) return undefined
    epoch = text.slice(start, end)
    start = end + 1
    end = next
  }
  for (let next = end; text[end] === '.'; end = next) {
    next = digitsEnd(text, end + 1)
    if (next === end + 1) break
  }
  const releaseEnd = end

  const take = (pattern: RegExp): readonly [string, string] | undefined => {
    pattern.lastIndex = end
    const kind = pattern.exec(text)?.[1]
    if (kind === undefined) return undefined
    const from = pattern.lastIndex
    end = digitsEnd(text, from)
    return [kind, text.slice(from, end)]
  }
  const bare = (): readonly [string, string] | undefined => {
    const next = text[end] === '-' ? digitsEnd(text, end + 1) : 0
    if (next <= end + 1) return undefined
    const number = text.slice(end + 1, next)
    end = next
    return ['', number]
  }
  const pre = take(folded ? PRE_FOLDED : PRE)
  const post = bare() ?? take(folded ? POST_FOLDED : POST)
  const dev = take(DEV)
  const publicEnd = end
  end = localEnd(text, end)
  return {
    epoch,
    release: text.slice(start, releaseEnd),
    pre,
    post,
    dev,
    local: end === publicEnd ? undefined : text.slice(publicEnd + 1, end),
    releaseEnd,
    publicEnd,
    end,
  }
}

/** The end of a local version label (`+…`) at `at`; `at` when there is none. Letters of either case. */
function localEnd(text: string, at: number): number {
  if (text[at] !== '+') return at
  let end = alphanumericEnd(text, at + 1)
  if (end === at + 1) return at
  while (text[end] === '-' || text[end] === '_' || text[end] === '.') {
    const next = alphanumericEnd(text, end + 1)
    if (next === end + 1) break
    end = next
  }
  return end
}
