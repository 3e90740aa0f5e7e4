import type { Wheel } from '../distribution/distribution.js'
import { groupBy } from '../group-by.js'
import type { FieldDifference } from './cases.js'
import { groupsOf } from './core-items.js'
import { compareItems, type Item } from './items.js'

export const ENTRY_POINTS = 'entry-points'

/** Wheels that agree with each other, but differ from most of their release. */
export interface Odd {
  readonly wheels: readonly Wheel[]
  /** One of those that most wheels agree with, and how many there are. */
  readonly usual: Wheel
  readonly alike: number
}

/** Groups the wheels by their values in some fields; the largest group is the usual one. Order does not matter. */
export function clusters(wheels: readonly Wheel[], fields: readonly string[]): readonly Odd[] {
  if (wheels.length < 2) return []
  const groups = groupBy(
    wheels.filter(wheel => wheel.metadata),
    wheel => fields.map(field => signature(wheel, field)).join('\u0003'),
  )
  const [usual, ...others] = [...groups.values()].sort((a, b) => b.length - a.length)
  const [first] = usual ?? []
  if (!usual || !first) return []
  return others
    .map(odd => ({ wheels: odd, usual: first, alike: usual.length }))
    .filter(odd => fields.some(field => differencesIn(odd, field).length > 0))
}

const signature = (wheel: Wheel, field: string): string =>
  sections(wheel, field)
    .map(
      ({ extra, items }) =>
        `${extra ?? ''}\u0001${items
          .map(({ key }) => key)
          .sort()
          .join('\u0001')}`,
    )
    .sort()
    .join('\u0002')

/** How the odd wheels differ, except for order and spelling. */
export function differencesIn({ usual, wheels }: Odd, field: string): readonly FieldDifference[] {
  const [wheel] = wheels
  if (!wheel) return []
  const itemsIn = (one: Wheel) => new Map(sections(one, field).map(({ extra, items }) => [extra, items]))
  const [given, found] = [itemsIn(usual), itemsIn(wheel)]
  return [...new Set([...given.keys(), ...found.keys()])]
    .flatMap(extra =>
      compareItems(given.get(extra) ?? [], found.get(extra) ?? [], false).map(difference => ({
        ...difference,
        field,
        ...(extra && { note: `extra ${extra}` }),
      })),
    )
    .filter(({ verdict }) => verdict !== 'respelled')
}

interface Section {
  readonly extra: string | undefined
  readonly items: readonly Item[]
}

function sections(wheel: Wheel, field: string): readonly Section[] {
  if (field !== ENTRY_POINTS) return wheel.metadata ? groupsOf(wheel.metadata, field) : []
  const items = (wheel.entryPoints?.entries ?? []).map(point => ({
    key: `${point.group}\0${point.name}\0${point.target.replace(/\s+/g, '')}`,
    text: `${point.name} = ${point.target}`,
    at: point,
    name: `${point.group}\0${point.name}`,
  }))
  return [{ extra: undefined, items }]
}
