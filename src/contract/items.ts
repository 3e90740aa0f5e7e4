import type { Place } from '../finding.js'
import { groupBy } from '../group-by.js'

/** One entry of a field: a requirement, a classifier, a labelled URL, an entry point, a person. */
export interface Item {
  /** Equal keys: the standards call the two equal. */
  readonly key: string
  /** As written, for messages. */
  readonly text: string
  readonly at: Place
  /** What it is about: a changed entry is paired with the one of the same name. */
  readonly name: string
  /** Does it mean the same in other words? */
  readonly means?: (other: Item) => boolean
  /** Does the other ask for everything that this one asks for, and more? */
  readonly tightenedBy?: (other: Item) => boolean
}

export type Verdict =
  /** Nothing stands in its place. */
  | 'lost'
  | 'changed'
  | 'tightened'
  /** Several entries became one. */
  | 'merged'
  /** An entry that was given twice is there once. */
  | 'once'
  | 'reordered'
  /** Other words with the same meaning. */
  | 'respelled'
  /** New, after every given entry; where order does not count, just new. */
  | 'added'
  /** New, before a given entry. */
  | 'inserted'

export interface Difference {
  readonly verdict: Verdict
  readonly given: readonly Item[]
  readonly found: readonly Item[]
}

/** Pairs of entries whose meaning is compared: that takes time, and a file may hold any number of them. */
const MOST_TRIALS = 300

/** Compares the entries that were given with those that were found. The time is that of sorting the two lists. */
export function compareItems(given: readonly Item[], found: readonly Item[], ordered: boolean): readonly Difference[] {
  const { missing, extra } = withoutEqual(given, found)
  const result: Difference[] = []
  const keyOf = new Map(found.map(item => [item, item.key]))
  const spare = byName(extra)
  let trials = MOST_TRIALS
  const take: Take = (name, fits) => {
    const list = spare.get(name)
    if (fits === undefined) return list?.shift()
    if (list === undefined || trials <= 0) return undefined
    const index = list.findIndex((item, i) => i < trials && fits(item))
    trials -= index < 0 ? Math.min(list.length, trials) : index + 1
    return index < 0 ? undefined : list.splice(index, 1)[0]
  }
  const gone: Item[] = []
  for (const item of missing) {
    const other = take(item.name, candidate => item.means?.(candidate) === true)
    if (other === undefined) gone.push(item)
    else {
      keyOf.set(other, item.key)
      result.push({ verdict: 'respelled', given: [item], found: [other] })
    }
  }
  const present = new Set(keyOf.values())
  for (const [name, items] of byName(gone)) {
    const repeated = items.filter(item => present.has(item.key))
    for (const item of repeated) result.push({ verdict: 'once', given: [item], found: [] })
    const rest = items.filter(item => !present.has(item.key))
    if (rest.length > 1 && spare.get(name)?.length === 1)
      result.push({ verdict: 'merged', given: rest, found: spare.get(name)?.splice(0) ?? [] })
    else for (const item of rest) result.push(replaced(item, take))
  }
  const paired = new Set(result.flatMap(({ found: items }) => items))
  const kept = withoutMissing(given, gone)
  const places = subsequence(
    kept.map(({ key }) => key),
    found.map(item => keyOf.get(item) ?? ''),
  )
  if (places === undefined) {
    if (ordered) {
      const [item, other] = firstOutOfPlace(kept, found, keyOf)
      result.push({ verdict: 'reordered', given: item ? [item] : [], found: other ? [other] : [] })
    }
    for (const item of [...spare.values()].flat()) result.push({ verdict: 'added', given: [], found: [item] })
    return result
  }
  const matched = new Set(places)
  const keptBy = new Map(kept.map(item => [item.key, item]))
  // From the end: what stands before a given entry was inserted.
  let next: Item | undefined
  const fresh: Difference[] = []
  for (const [index, item] of [...found.entries()].reverse()) {
    if (matched.has(index)) next = keptBy.get(keyOf.get(item) ?? '')
    else if (!paired.has(item))
      fresh.push({
        verdict: ordered && next !== undefined ? 'inserted' : 'added',
        given: ordered && next !== undefined ? [next] : [],
        found: [item],
      })
  }
  return [...result, ...fresh.reverse()]
}

/** Takes an entry of the name that fits, or the first when nothing is asked. */
type Take = (name: string, fits?: (item: Item) => boolean) => Item | undefined

function replaced(item: Item, take: Take): Difference {
  const tighter = take(item.name, candidate => item.tightenedBy?.(candidate) === true)
  if (tighter) return { verdict: 'tightened', given: [item], found: [tighter] }
  const other = take(item.name)
  return other ? { verdict: 'changed', given: [item], found: [other] } : { verdict: 'lost', given: [item], found: [] }
}

/** What one list has and the other has not, repetitions counted. */
function withoutEqual(given: readonly Item[], found: readonly Item[]) {
  const counts = new Map<string, number>()
  for (const { key } of found) counts.set(key, (counts.get(key) ?? 0) + 1)
  const missing = given.filter(({ key }) => !countDown(counts, key))
  // The last ones of equal entries are the new ones.
  const extra = [...found].reverse().filter(({ key }) => countDown(counts, key))
  return { missing, extra: extra.reverse() }
}

function countDown(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0
  counts.set(key, count - 1)
  return count > 0
}

const byName = (items: readonly Item[]) => groupBy(items, ({ name }) => name)

/** `given` without the entries that are gone, of equal ones the last. */
function withoutMissing(given: readonly Item[], gone: readonly Item[]): readonly Item[] {
  const set = new Set(gone)
  return given.filter(item => !set.has(item))
}

/** Where the keys stand in a longer list, in order; undefined when they do not. */
function subsequence(keys: readonly string[], within: readonly string[]): readonly number[] | undefined {
  const places: number[] = []
  let at = 0
  for (const key of keys) {
    while (at < within.length && within[at] !== key) at++
    if (at === within.length) return undefined
    places.push(at++)
  }
  return places
}

/** The first given entry that stands behind a later one, and the entry found in its place. */
function firstOutOfPlace(
  kept: readonly Item[],
  found: readonly Item[],
  keyOf: ReadonlyMap<Item, string>,
): readonly [Item | undefined, Item | undefined] {
  const wanted = new Set(kept.map(({ key }) => key))
  const inOrder = found.filter(item => wanted.has(keyOf.get(item) ?? ''))
  const index = kept.findIndex(({ key }, i) => key !== keyOf.get(inOrder[i] ?? found[0] ?? (kept[0] as Item)))
  return [kept[Math.max(0, index)], inOrder[Math.max(0, index)]]
}
