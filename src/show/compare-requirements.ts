import { append } from '../append.js'
import type { Item } from '../contract/items.js'
import { onlyIn } from '../contract/marker-worlds.js'
import { itemsOfExtra, linesByExtra, parsedLines } from '../contract/requirement-items.js'
import { groupBy } from '../group-by.js'
import { attempt } from '../standards/error.js'
import { parseRequirement } from '../standards/requirement.js'
import type { SpecifierSet } from '../standards/specifier.js'
import { tryVersion } from '../standards/version.js'
import { compareCodeUnits } from '../wording.js'
import type { Difference, RequirementChange } from './difference.js'
import type { ShownRequirement } from './shown.js'

/** Pairs of entries whose meaning is compared: that takes time, and a file may contain any number of them. */
const MOST_TRIALS = 300
/** Requirements that are compared. */
const MOST = 5000

/** Two lists of requirements as sets, each extra by itself: what only one of them asks for, and what it asks for differently. */
export function compareRequirements(
  before: readonly ShownRequirement[],
  after: readonly ShownRequirement[],
): Difference['requirements'] {
  const [olds, news] = [groupsOf(before), groupsOf(after)]
  const found = { added: [] as Lone[], removed: [] as Lone[], changed: [] as RequirementChange[] }
  for (const extra of [...new Set([...olds.keys(), ...news.keys()])].sort(compareCodeUnits)) {
    const of = extra === '' ? {} : { extra }
    const result = compareItems(olds.get(extra) ?? [], news.get(extra) ?? [])
    append(
      found.added,
      result.added.map(({ text, name }) => ({ text, name, ...of })),
    )
    append(
      found.removed,
      result.removed.map(({ text, name }) => ({ text, name, ...of })),
    )
    append(
      found.changed,
      result.changed.map(([old, now]) => ({ ...changeOf(old, now), ...of })),
    )
  }
  return found
}

type Lone = Difference['requirements']['added'][number]

/** The requirements of each extra, and those that need none for ''. */
function groupsOf(requirements: readonly ShownRequirement[]): ReadonlyMap<string, readonly Item[]> {
  const lines = parsedLines(requirements.slice(0, MOST).map(({ text }) => ({ text, at: {} })))
  const without = lines.filter(({ extras }) => extras.length === 0)
  return new Map(
    [...linesByExtra(lines)].map(([extra, list]) => [extra, itemsOfExtra(extra === '' ? without : list, extra)]),
  )
}

function compareItems(olds: readonly Item[], news: readonly Item[]) {
  const keys = (items: readonly Item[]) => new Set(items.map(({ key }) => key))
  const [oldKeys, newKeys] = [keys(olds), keys(news)]
  const removed = unique(olds).filter(({ key }) => !newKeys.has(key))
  const added = groupBy(
    unique(news).filter(({ key }) => !oldKeys.has(key)),
    ({ name }) => name,
  )
  const result = { added: [] as Item[], removed: [] as Item[], changed: [] as (readonly [Item, Item])[] }
  let trials = MOST_TRIALS
  for (const [name, list] of groupBy(removed, ({ name }) => name)) {
    const others = [...(added.get(name) ?? [])].sort(byKey)
    const left = [...list].sort(byKey).filter(old => {
      const index = others.findIndex(now => trials-- > 0 && old.means?.(now) === true)
      if (index >= 0) others.splice(index, 1)
      return index < 0
    })
    const count = Math.min(left.length, others.length)
    for (let i = 0; i < count; i++) {
      const [old, now] = [left[i], others[i]]
      if (old && now) result.changed.push([old, now])
    }
    append(result.removed, left.slice(count))
    append(result.added, others.slice(count))
    added.delete(name)
  }
  append(result.added, [...added.values()].flat())
  result.added.sort(byKey)
  result.removed.sort(byKey)
  result.changed.sort(([a, b], [c, d]) => compareCodeUnits(a.name, c.name) || byKey(b, d))
  return result
}

const unique = (items: readonly Item[]): readonly Item[] => [...new Map(items.map(item => [item.key, item])).values()]

const byKey = (a: Item, b: Item): number => compareCodeUnits(a.key, b.key)

/** The releases that one of two sets names: others around them need not exist. */
function named(versions: readonly string[], ...sets: readonly SpecifierSet[]): readonly string[] {
  const own = new Set(
    sets.flatMap(({ clauses }) =>
      clauses.flatMap(({ version }) => String(tryVersion(version.replace(/\.\*$/, '')) ?? '')),
    ),
  )
  return versions.filter(version => own.has(version))
}

/** Of many releases the first and the last. */
const ends = (versions: readonly string[]): readonly string[] =>
  versions.length <= 3 ? versions : [versions[0] ?? '', versions.at(-1) ?? '']

function changeOf(old: Item, now: Item): RequirementChange {
  const [a, b] = [old, now].map(({ text }) => attempt(parseRequirement, text)?.specifier)
  return {
    name: now.name,
    old: old.text,
    new: now.text,
    admitted: a && b ? ends(named(onlyIn(b, a), a, b)) : [],
    excluded: a && b ? ends(named(onlyIn(a, b), a, b)) : [],
  }
}
