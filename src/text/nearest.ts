/** Longest text that is compared; longer ones are no typing errors. */
const LONGEST = 120

/** Three rows of the table of distances, used again for each pair. */
const rows = [0, 1, 2].map(() => new Uint8Array(2 * LONGEST + 1)) as [Uint8Array, Uint8Array, Uint8Array]

/** Edit distance with transpositions of two texts of at most twice `LONGEST`, or `limit + 1` when it is above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let [before, last, row] = rows
  for (let j = 0; j <= b.length; j++) last[j] = j
  for (let i = 1; i <= a.length; i++) {
    row[0] = i
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1)
      let cost = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1))
        cost = Math.min(cost, before[j - 2]! + 1)
      row[j] = cost
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    ;[before, last, row] = [last, row, before]
  }
  return last[b.length]!
}

/**
 * The candidate that a person probably meant: case does not count; undefined when none is near. Of two that are equally near, the
 * one that begins alike for longer. `fits` is asked of near ones alone.
 */
export function nearest(
  text: string,
  candidates: Iterable<string>,
  fits: (candidate: string) => boolean = () => true,
): string | undefined {
  const wanted = text.toLowerCase()
  if (wanted.length > LONGEST) return undefined
  let limit = Math.max(1, Math.floor(wanted.length / 4))
  let best: string | undefined
  let common = -1
  for (const candidate of candidates) {
    const plain = candidate.toLowerCase()
    const found = distance(wanted, plain, limit)
    if (found > limit) continue
    const alike = commonStart(wanted, plain)
    if (found === limit && alike <= common) continue
    if (!fits(candidate)) continue
    if (found === 0) return candidate
    best = candidate
    common = alike
    limit = found
  }
  return best
}

function commonStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

/** The shortest start of a word that says which one is meant. */
const SHORTEST = 3

/** ` Did you mean 'x'?`, or nothing: the nearest one, or the only one that begins like the text. */
export function didYouMean(text: string, candidates: Iterable<string>): string {
  const all = [...candidates]
  const [first, ...others] = text.length < SHORTEST ? [] : all.filter(one => one.startsWith(text.toLowerCase()))
  const found = nearest(text, all) ?? (others.length === 0 ? first : undefined)
  return found === undefined ? '' : ` Did you mean '${found}'?`
}
