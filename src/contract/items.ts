import type { Place } from '../finding.js'
import { groupBy } from '../group-by.js'

/** One entry of a field: a requirement, a classifier, a labeled URL, an entry point, a person. */
export interface Item {
  /** Equal keys: the standards call the two equal. */
  readonly key: string
  /** As written, for messages. */
  readonly text: string
  readonly at: Place
  /** What it is about: a changed entry is paired with the one of the same name. */
  readonly name: string
  /** Does it mean the same in a different spelling? */
  readonly means?: (other: Item) => boolean
  /** Does the other require everything that this one requires, and more? */
  readonly tightenedBy?: (other: Item) => boolean
}

export type Verdict =
  /** Nothing replaces it. */
  | 'lost'
  | 'changed'
  | 'tightened'
  /** Several entries became one. */
  | 'merged'
  | 'reordered'
  /** A different spelling with the same meaning. */
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

/** Pairs of entries whose meaning is compared: that takes time, and a file may contain any number of them. */
const MOST_TRIALS = 300

/**
 * Compares the entries that were given with those that were found, as sets, regardless of repetition. The time
 * is that of sorting the two lists.
 */
export function compareItems(all: readonly Item[], found: readonly Item[], ordered: boolean): readonly Difference[] {
  const given = unique(all)
  const { missing, extra } = withoutEqual(given, found)
  const result: Difference[] = []
  const keyOf = new Map(found.map(item => [item, item.key]))
  const spare = byName(extra)
  let trials = MOST_TRIALS
  const indexOf = (list: readonly Item[] | undefined, fits: (item: Item) => boolean) => {
    if (list === undefined || trials <= 0) return -1
    const index = list.findIndex((item, i) => i < trials && fits(item))
    trials -= index < 0 ? Math.min(list.length, trials) : index + 1
    return index
  }
  const take: Take = (name, fits) => {
    const list = spare.get(name)
    if (fits === undefined) return list?.shift()
    const index = indexOf(list, fits)
    return index < 0 ? undefined : list?.splice(index, 1)[0]
  }
  const gone: Item[] = []
  const repeated: Item[] = []
  const foundByName = byName(found)
  for (const item of missing) {
    const means = (other: Item) => item.means?.(other) === true
    const other = take(item.name, means)
    if (other !== undefined) {
      keyOf.set(other, item.key)
      result.push({ verdict: 'respelled', given: [item], found: [other] })
    } else if (indexOf(foundByName.get(item.name), means) >= 0) repeated.push(item)
    else gone.push(item)
  }
  const givenByName = byName(given)
  for (const [name, items] of spare) {
    const isRepeated = (item: Item) => indexOf(givenByName.get(name), other => other.means?.(item) === true) >= 0
    spare.set(name, items.filter(item => !isRepeated(item)) as typeof items)
  }
  for (const [name, rest] of byName(gone)) {
    if (rest.length > 1 && spare.get(name)?.length === 1)
      result.push({ verdict: 'merged', given: rest, found: spare.get(name)?.splice(0) ?? [] })
    else for (const item of rest) result.push(replaced(item, take))
  }
  const left = new Set([...spare.values()].flat())
  const kept = without(given, [...gone, ...repeated])
  const places = subsequence(
    kept.map(({ key }) => key),
    found.map(item => keyOf.get(item) ?? ''),
  )
  if (places === undefined) {
    if (ordered) {
      const [item, other] = firstOutOfPlace(kept, found, keyOf)
      result.push({ verdict: 'reordered', given: item ? [item] : [], found: other ? [other] : [] })
    }
    for (const item of left) result.push({ verdict: 'added', given: [], found: [item] })
    return result
  }
  const matched = new Set(places)
  const keptBy = new Map(kept.map(item => [item.key, item]))
  // From the end: what comes before a given entry was inserted.
  let next: Item | undefined
  const fresh: Difference[] = []
  for (const [index, item] of [...found.entries()].reverse()) {
    if (matched.has(index)) next = keptBy.get(keyOf.get(item) ?? '')
    else if (left.has(item))
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

/** What one list contains and the other does not, each once. */
function withoutEqual(given: readonly Item[], found: readonly Item[]) {
  const keysOf = (items: readonly Item[]) => new Set(items.map(({ key }) => key))
  const [givenKeys, foundKeys] = [keysOf(given), keysOf(found)]
  return {
    missing: given.filter(({ key }) => !foundKeys.has(key)),
    extra: unique(found).filter(({ key }) => !givenKeys.has(key)),
  }
}

/** The first of each key. */
const unique = (items: readonly Item[]): readonly Item[] =>
  Array.from(groupBy(items, ({ key }) => key).values(), ([first]) => first)

const byName = (items: readonly Item[]) => groupBy(items, ({ name }) => name)

function without(items: readonly Item[], left: readonly Item[]): readonly Item[] {
  const set = new Set(left)
  return items.filter(item => !set.has(item))
}

/** The positions of the keys in a longer list, in order; undefined if it does not contain them. */
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

/** The first given entry that comes after a later one, and the entry found in its place. */
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
