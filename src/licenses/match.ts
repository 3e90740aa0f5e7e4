import { shingles } from './shingles.js'
import { unpack } from './unpack.js'

/** A licence whose text is in another text. */
export interface LicenseMatch {
  /** SPDX ids; several where their texts are the same (`GPL-3.0-only`, `GPL-3.0-or-later`). */
  readonly ids: readonly string[]
  /** Share of the licence's own text that was found, 0 to 1. */
  readonly share: number
  /** Words in a row of the licence's text that were compared, about. */
  readonly size: number
}

/** The columns of src/data/license-fingerprints.json. */
export interface LicenseTable {
  readonly classes: readonly string[]
  readonly sizes: readonly number[]
  readonly counts: readonly number[]
  readonly keys: string
  readonly pairs: string
  readonly pairKeys: string
}

/** Less than this and it is another text. */
const ENOUGH = 0.85
/** A short text must be there as a whole: a few words in a row prove nothing. */
const SHORT = 40
const SURE = 0.95
/** What is compared closely; with samples of 128 keys the share is known to about 0.04. */
const CANDIDATE = 0.75

export type LicenseMatcher = (text: string) => readonly LicenseMatch[]

/** Makes a matcher from the table. */
export function licenseMatcher(table: LicenseTable): LicenseMatcher {
  const keys = unpack(table.keys)
  const index = newIndex(keys, table.counts)
  const pairs = readPairs(table)
  const starts = startsOf(table.counts)

  return text => {
    const found = shingles(text)
    if (found.size === 0) return []
    const hits = new Uint16Array(table.classes.length)
    for (const key of found) index(key, hits)
    const candidates = [...table.classes.keys()].filter(i => (hits[i] ?? 0) >= CANDIDATE * (table.counts[i] ?? 0))
    const share = (i: number) => (hits[i] ?? 0) / (table.counts[i] ?? 1)
    const present = (list: readonly number[]) => list.filter(key => found.has(key)).length / list.length
    const beaten = (a: number) =>
      candidates.some(b => {
        const own = pairs.get(a * 65536 + b)
        const others = pairs.get(b * 65536 + a)
        if (!own || !others) return false
        const shown = others.length === 0 ? 0 : present(others)
        // All of `a` is in `b`: it is `b` when what `b` adds is there.
        if (own.length === 0) return shown >= 0.5
        const kept = present(own)
        if (others.length === 0) return kept < 0.5
        if (kept !== shown) return kept < shown
        // Neither shows what sets it apart: the text has been changed there.
        return kept < 0.5 && share(a) < share(b)
      })
    const accepted: number[] = []
    const explained = new Set<number>()
    const wins = candidates.filter(i => share(i) >= ((table.sizes[i] ?? 0) < SHORT ? SURE : ENOUGH) && !beaten(i))
    for (const i of wins.sort((a, b) => share(b) - share(a) || (table.sizes[b] ?? 0) - (table.sizes[a] ?? 0))) {
      const own = keys.subarray(starts[i] ?? 0, (starts[i] ?? 0) + (table.counts[i] ?? 0))
      // In a collection of texts something always looks like one more: made of pieces of the others, or only nearly there.
      if (accepted.length > 0 && (share(i) < SURE || own.filter(key => !explained.has(key)).length < own.length / 3))
        continue
      accepted.push(i)
      for (const key of own) explained.add(key)
    }
    return accepted
      .map(i => ({ ids: (table.classes[i] ?? '').split(' '), share: share(i), size: table.sizes[i] ?? 0 }))
      .sort((a, b) => b.share * b.size - a.share * a.size)
  }
}

/** Where the keys of each text begin. */
function startsOf(counts: readonly number[]): readonly number[] {
  let at = 0
  return counts.map(count => {
    at += count
    return at - count
  })
}

/** A hash table from key to the texts that have it; adds one to the count of each. */
function newIndex(keys: Uint32Array, counts: readonly number[]): (key: number, hits: Uint16Array) => void {
  const bits = Math.ceil(Math.log2(keys.length * 2))
  const mask = 2 ** bits - 1
  const slots = new Int32Array(mask + 1).fill(-1)
  const next = new Int32Array(keys.length).fill(-1)
  const owner = new Uint16Array(keys.length)
  const slotOf = (key: number) => Math.imul(key, 0x9e3779b1) >>> (32 - bits)
  let at = 0
  for (const [i, count] of counts.entries())
    for (let n = 0; n < count; n++, at++) {
      const slot = slotOf(keys[at] ?? 0)
      owner[at] = i
      next[at] = slots[slot] ?? -1
      slots[slot] = at
    }
  return (key, hits) => {
    for (let i = slots[slotOf(key)] ?? -1; i !== -1; i = next[i] ?? -1)
      if (keys[i] === key) hits[owner[i] ?? 0] = (hits[owner[i] ?? 0] ?? 0) + 1
  }
}

/** Keys that the first text of a pair has and the second has not, by `first * 65536 + second`. */
function readPairs(table: LicenseTable): ReadonlyMap<number, readonly number[]> {
  const keys = unpack(table.pairKeys)
  const numbers = table.pairs.split(' ').map(Number)
  const pairs = new Map<number, readonly number[]>()
  let at = 0
  for (let i = 0; i + 2 < numbers.length; i += 3) {
    const count = numbers[i + 2] ?? 0
    pairs.set((numbers[i] ?? 0) * 65536 + (numbers[i + 1] ?? 0), [...keys.subarray(at, at + count)])
    at += count
  }
  return pairs
}
