/** Longest text that is compared; longer ones are no typing errors. */
const LONGEST = 120

/** Edit distance with transpositions, or `limit + 1` when it is above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
      least = Math.min(least, cost)
    }
    if (least > limit) return limit + 1
    before = last
    last = row
  }
  return last[b.length] ?? limit + 1
}

/** The candidate that a person probably meant: case does not count; undefined when none is near. */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase()
  if (wanted.length > LONGEST) return undefined
  let limit = Math.max(1, Math.floor(wanted.length / 4))
  let best: string | undefined
  for (const candidate of candidates) {
    const found = distance(wanted, candidate.toLowerCase(), limit)
    if (found > limit) continue
    if (found === 0) return candidate
    best = candidate
    limit = found - 1
  }
  return best
}

/** ` Did you mean 'x'?`, or nothing. */
export function didYouMean(text: string, candidates: Iterable<string>): string {
  const found = nearest(text, candidates)
  return found === undefined ? '' : ` Did you mean '${found}'?`
}
