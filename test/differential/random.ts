/** Choices that a seed decides: the same on every machine. */
export interface Choices {
  /** From 0 up to, but not including, `end`. */
  below(end: number): number
  pick<T>(items: readonly T[]): T
  /** True once in so many times. */
  once(times: number): boolean
}

export function choices(seed: number): Choices {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x85ebca6b) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    pick: items => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to choose from')
      return item
    },
    once: times => below(times) === 0,
  }
}
