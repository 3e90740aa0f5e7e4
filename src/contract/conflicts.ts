import type { Metadata } from '../distribution/metadata.js'
import { groupBy } from '../group-by.js'
import { attempt } from '../standards/error.js'
import { parseSpecifiers } from '../standards/specifier.js'
import { type Dependency, dependencies, extrasIn } from '../views/dependencies.js'
import { specifiersOf } from '../views/parsed.js'
import { holdsIn, worldsFor } from './marker-worlds.js'

/** Requirements on one project that apply together on some machine, and that no version satisfies. */
export interface Conflict {
  readonly name: string
  /** The extra that must be requested; '' for none. */
  readonly extra: string
  readonly requirements: readonly Dependency[]
}

const MOST_EXTRAS = 50
/** Worlds times requirements that are tried for each extra. */
const MOST_TRIALS = 400_000

/** A requirement that nothing satisfies by itself has its own rule, and a URL has no versions to compare. */
export function* conflicts(metadata: Metadata | undefined): Iterable<Conflict> {
  const limited = dependencies(metadata).filter(
    ({ requirement: { specifier, url } }) =>
      url === undefined && specifier.clauses.length > 0 && !specifier.isUnsatisfiable(),
  )
  for (const [name, list] of groupBy(limited, one => one.name))
    if (list.length > 1 && isConflict(list)) yield* inWorlds(name, list, metadata)
}

function isConflict(list: readonly Dependency[]): boolean {
  const text = list.map(({ requirement }) => requirement.specifier.toString()).join(',')
  return attempt(parseSpecifiers, text)?.isUnsatisfiable() === true
}

function* inWorlds(name: string, list: readonly Dependency[], metadata: Metadata | undefined): Iterable<Conflict> {
  const worlds = worldsFor(list.flatMap(({ requirement }) => requirement.marker?.tree ?? []))
  if (!worlds) return
  const python = specifiersOf(metadata?.first('Requires-Python'))
  // Without a marker for it, the Python of the worlds represents any.
  const anyPython = new Set(worlds.map(world => world.python_full_version)).size === 1
  const possible = worlds.filter(
    ({ python_full_version: version }) => anyPython || !python || !version || python.contains(version),
  )
  if (possible.length * list.length > MOST_TRIALS) return
  const extras = [...new Set(list.flatMap(({ requirement }) => extrasIn(requirement)))].slice(0, MOST_EXTRAS)
  for (const extra of ['', ...extras]) {
    const found = conflictWith(list, possible, extra)
    if (!found) continue
    yield { name, extra, requirements: found }
    // What conflicts without an extra conflicts with each.
    if (extra === '') return
  }
}

function conflictWith(list: readonly Dependency[], worlds: NonNullable<ReturnType<typeof worldsFor>>, extra: string) {
  const tried = new Set<string>()
  for (const world of worlds) {
    const active = list.filter(
      ({ requirement: { marker } }) =>
        holdsIn(marker?.tree, world, extra) === true || (extra !== '' && holdsIn(marker?.tree, world, '') === true),
    )
    const id = active.map(one => list.indexOf(one)).join()
    if (active.length < 2 || tried.has(id)) continue
    tried.add(id)
    if (isConflict(active)) return smallest(active)
  }
  return undefined
}

/** Two that exclude each other, where there are two. */
function smallest(active: readonly Dependency[]): readonly Dependency[] {
  const few = active.slice(0, 30)
  for (const [i, a] of few.entries()) for (const b of few.slice(i + 1)) if (isConflict([a, b])) return [a, b]
  return active
}
