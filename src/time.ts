import { within } from './runtime.js'

/** The time that one file may take. */
export interface Time {
  /** Milliseconds that are left; 0 when it is over. */
  left(): number
  /**
   * Does work that waits for nothing, in at most half of what is left: so that one part of a file, however slow, leaves time for
   * those behind it. Undefined when the work was ended before its end, or there was no time to begin.
   */
  spend<T>(work: () => T): { readonly value: T } | undefined
}

export function timeUntil(end: number, now: () => number): Time {
  // No thread needs to watch the clock.
  if (end === Number.POSITIVE_INFINITY) return ENDLESS
  const left = () => Math.max(0, end - now())
  return { left, spend: work => within(left() / 2, work) }
}

/** For what nobody waits for. */
export const ENDLESS: Time = { left: () => Number.POSITIVE_INFINITY, spend: work => ({ value: work() }) }

/** Longest time that a timer takes. */
const LONGEST = 2 ** 31 - 1

/** What a promise gives, or rejects with `late()` when that takes longer than so many milliseconds. */
export function inTime<T>(promise: Promise<T>, milliseconds: number, late: () => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), Math.min(milliseconds, LONGEST))
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
