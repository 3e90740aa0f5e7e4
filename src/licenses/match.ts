import { once } from '../once.js'
import { fromBase64 } from '../runtime.js'
import { unpack } from './unpack.js'

/** A license whose text is in another text. */
export interface LicenseMatch {
  /** SPDX ids; several where their texts are the same (`GPL-3.0-only`, `GPL-3.0-or-later`). */
  readonly ids: readonly string[]
  /** Share of the license's own text that was found, 0 to 1. */
  readonly share: number
  /** Words in a row of the license's text that were compared, about. */
  readonly size: number
}

/**
 * The columns of src/data/license-fingerprints.json. `keys` are samples of the texts, `counts` of each; `pairs` are two texts
 * that are near each other, and how many keys the first has and the second does not: of those of its sample, `pairSteps` says how
 * many keys lie between it and the one before, and the others are in `pairKeys`.
 */
export interface LicenseTable {
  readonly classes: readonly string[]
  readonly sizes: readonly number[]
  readonly counts: readonly number[]
  readonly keys: string
  readonly pairs: string
  readonly pairSteps: string
  readonly pairKeys: string
}

/** Less than this and it is another text. */
const ENOUGH = 0.85
/** A short text must be there as a whole: a few words in a row prove nothing. */
const SHORT = 40
const SURE = 0.95
/** Share of a text that another one must add for the two to be its pieces. */
const PIECE = 1 / 3
/** What is compared closely; with samples of 128 keys the share is known to about 0.04. */
const CANDIDATE = 0.75

/** Tells the licenses of a text by its shingles. */
export type LicenseMatcher = (found: ReadonlySet<number>) => readonly LicenseMatch[]

/** Makes a matcher from the table. */
export function licenseMatcher(table: LicenseTable): LicenseMatcher {
  const keys = unpack(table.keys)
  const starts = startsOf(table.counts)
  const keysOf = (i: number) => keys.subarray(starts[i] ?? 0, (starts[i] ?? 0) + (table.counts[i] ?? 0))
  const pairTable = once(() => ({
    rows: unpack(table.pairs),
    steps: fromBase64(table.pairSteps),
    keys: unpack(table.pairKeys),
    keysOf,
  }))

  return found => {
    if (found.size === 0) return []
    const hits = hitsOf(found, keys, table.counts)
    const candidates = [...table.classes.keys()].filter(i => (hits[i] ?? 0) >= CANDIDATE * (table.counts[i] ?? 0))
    if (candidates.length === 0) return []
    const pairs = pairsAmong(candidates, pairTable)
    const share = (i: number) => (hits[i] ?? 0) / (table.counts[i] ?? 1)
    const shown = candidates.map(i => ({
      text: i,
      share: share(i),
      keys: new Set(keysOf(i).filter(key => found.has(key))),
    }))
    const near = shown.filter(one => one.share >= ENOUGH)
    const composed = new Set(shown.flatMap(one => (isComposed(one, near) ? [one.text] : [])))
    const present = (list: readonly number[]) => list.filter(key => found.has(key)).length / list.length
    const beats = (b: number, a: number): 'as a whole' | 'by its own' | undefined => {
      if (composed.has(b)) return undefined
      const own = pairs.get(a * 65536 + b)
      const others = pairs.get(b * 65536 + a)
      if (!own || !others) return undefined
      const there = others.length === 0 ? 0 : present(others)
      // All of `a` is in `b`: it is `b` when what `b` adds is there.
      if (own.length === 0) return there >= 0.5 ? 'as a whole' : undefined
      const kept = present(own)
      if (others.length === 0) return kept < 0.5 ? 'by its own' : undefined
      if (kept !== there) return kept < there ? 'by its own' : undefined
      // Neither shows what sets it apart: the text has been changed there.
      return kept < 0.5 && share(a) < share(b) ? 'by its own' : undefined
    }
    const beaten = (a: number) =>
      candidates.some(b => {
        const how = beats(b, a)
        // What a third text explains better than `b` is not a sign that `a` is `b`.
        return how === 'by its own' || (how === 'as a whole' && !candidates.some(c => c !== a && beats(c, b)))
      })
    const wins = candidates.filter(
      i => share(i) >= ((table.sizes[i] ?? 0) < SHORT ? SURE : ENOUGH) && !composed.has(i) && !beaten(i),
    )
    const accepted: number[] = []
    const explained = new Set<number>()
    for (const i of wins.sort((a, b) => share(b) - share(a) || (table.sizes[b] ?? 0) - (table.sizes[a] ?? 0))) {
      const own = keysOf(i)
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

/**
 * Is a text only nearly there, and all that is there of it taken from two others, a third or more from each? MIT's text next to
 * a BSD license looks like Linux-OpenIB, which took its sentences from both.
 */
function isComposed(text: Shown, near: readonly Shown[]): boolean {
  if (text.share === 1) return false
  const total = text.keys.size
  const parts = near
    .filter(one => one !== text)
    .map(one => ({ isSurer: one.share > text.share, shared: [...text.keys].filter(key => one.keys.has(key)) }))
    // What has more leaves no piece for another.
    .filter(({ shared }) => shared.length >= PIECE * total && shared.length <= (1 - PIECE) * total)
  return parts.some((one, i) =>
    parts.slice(i + 1).some(other => {
      if (!one.isSurer && !other.isSurer) return false
      const all = new Set([...one.shared, ...other.shared]).size
      return all >= SURE * total && all - Math.max(one.shared.length, other.shared.length) >= PIECE * total
    }),
  )
}

/** A text of the table, and those of its keys that were found. */
interface Shown {
  readonly text: number
  readonly share: number
  readonly keys: ReadonlySet<number>
}

/** Where the keys of each text begin. */
function startsOf(counts: readonly number[]): readonly number[] {
  let at = 0
  return counts.map(count => {
    at += count
    return at - count
  })
}

const MARKS = 65536

/**
 * How many keys of each text were found. One pass over the list costs less than an index of it, which would have to be made
 * in each process; most keys are told apart by their low bits.
 */
function hitsOf(found: ReadonlySet<number>, keys: Uint32Array, counts: readonly number[]): Uint16Array {
  const marks = new Uint8Array(MARKS)
  for (const key of found) marks[key % MARKS] = 1
  const hits = new Uint16Array(counts.length)
  let at = 0
  for (let text = 0; text < counts.length; text++) {
    let count = 0
    for (const end = at + (counts[text] ?? 0); at < end; at++) {
      const key = keys[at] ?? 0
      if (marks[key % MARKS] === 1 && found.has(key)) count++
    }
    hits[text] = count
  }
  return hits
}

/** Keys that the first of two of these texts has and the second does not, by `first * 65536 + second`. */
function pairsAmong(texts: readonly number[], table: () => PairTable): ReadonlyMap<number, readonly number[]> {
  const pairs = new Map<number, readonly number[]>()
  if (texts.length < 2) return pairs
  const wanted = new Set(texts)
  const { rows, steps, keys, keysOf } = table()
  let step = 0
  let at = 0
  for (let row = 0; row + 3 < rows.length; row += 4) {
    const [one = 0, other = 0, sampled = 0, more = 0] = rows.subarray(row, row + 4)
    if (wanted.has(one) && wanted.has(other)) {
      const sample = keysOf(one)
      const own = [...keys.subarray(at, at + more)]
      let place = -1
      for (const between of steps.subarray(step, step + sampled)) {
        place += between + 1
        own.push(sample[place] ?? 0)
      }
      pairs.set(one * 65536 + other, own)
    }
    step += sampled
    at += more
  }
  return pairs
}

interface PairTable {
  readonly rows: Uint32Array
  readonly steps: Uint8Array
  readonly keys: Uint32Array
  readonly keysOf: (text: number) => Uint32Array
}
