import type { Release, Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Related } from '../../src/finding.js'
import { plural } from '../../src/wording.js'

/** Wheels of which the same can be said. */
export interface Alike<T> {
  readonly wheels: readonly Wheel[]
  /** Of the first of them; never empty. */
  readonly items: readonly T[]
}

/** What `of` finds in each wheel; wheels with the same keys together, those without any left out. */
export function alike<T>(
  wheels: readonly Wheel[],
  of: (wheel: Wheel) => readonly T[],
  keyOf: (item: T) => string,
): readonly Alike<T>[] {
  const groups = new Map<string, { wheels: Wheel[]; items: readonly T[] }>()
  for (const wheel of wheels) {
    const items = of(wheel)
    if (items.length === 0) continue
    const key = [...new Set(items.map(keyOf))].sort().join('\0')
    const group = groups.get(key)
    if (group) group.wheels.push(wheel)
    else groups.set(key, { wheels: [wheel], items })
  }
  return [...groups.values()]
}

/** ` (in 5 wheels)`, or nothing for one. */
export const andOthers = (wheels: readonly Wheel[]): string =>
  wheels.length < 2 ? '' : ` (the same in ${plural(wheels.length - 1, 'other wheel')})`

const MOST_RELATED = 10

/** The first ten as second places of a finding. */
export const listed = <T>(items: readonly T[], of: (item: T) => Related): readonly Related[] =>
  items.slice(0, MOST_RELATED).map(of)

/** The file that stands for the release: its sdist, from which all others are built, else its first wheel. */
export const firstOf = ({ sdists, distributions }: Release): Wheel | Sdist | undefined => sdists[0] ?? distributions[0]
