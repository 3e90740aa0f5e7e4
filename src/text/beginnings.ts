import { once } from '../once.js'

/**
 * Tells whether one of these texts begins with another one. The texts are sorted once, at the first question: there may be as many
 * questions as texts, and as many beginnings as characters.
 */
export function beginnings(texts: Iterable<string>): (beginning: string) => boolean {
  const sorted = once(() => [...texts].sort())
  return beginning => {
    const list = sorted()
    let from = 0
    for (let to = list.length; from < to; ) {
      const middle = (from + to) >>> 1
      if ((list[middle] ?? '') < beginning) from = middle + 1
      else to = middle
    }
    return list[from]?.startsWith(beginning) === true
  }
}
