import type { Release, Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Related } from '../../src/finding.js'
import { groupBy } from '../../src/group-by.js'
import { plural } from '../../src/wording.js'

/** Wheels with the same result. */
export interface Alike<T> {
  readonly wheels: readonly Wheel[]
  /** Of the first of them; never empty. */
  readonly items: readonly T[]
}

/** What `of` finds in each wheel; wheels with the same keys are grouped, those without any omitted. */
export function alike<T>(
  wheels: readonly Wheel[],
  of: (wheel: Wheel) => readonly T[],
  keyOf: (item: T) => string,
): readonly Alike<T>[] {
  const found = wheels.map(wheel => ({ wheel, items: of(wheel) })).filter(({ items }) => items.length > 0)
  const groups = groupBy(found, ({ items }) => [...new Set(items.map(keyOf))].sort().join('\0'))
  return Array.from(groups.values(), group => ({ wheels: group.map(({ wheel }) => wheel), items: group[0].items }))
}

/** ` (in 5 wheels)`, or nothing for one. */
export const andOthers = (wheels: readonly Wheel[]): string =>
  wheels.length < 2 ? '' : ` (the same in ${plural(wheels.length - 1, 'other wheel')})`

const MOST_RELATED = 10

/** The first ten as second places of a finding. */
export const listed = <T>(items: readonly T[], of: (item: T) => Related): readonly Related[] =>
  items.slice(0, MOST_RELATED).map(of)

/** The file that represents the release: its sdist, from which all others are built, or else its first wheel. */
export const firstOf = ({ sdists, distributions }: Release): Wheel | Sdist | undefined => sdists[0] ?? distributions[0]
