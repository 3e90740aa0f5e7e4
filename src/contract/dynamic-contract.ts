import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { Metadata } from '../distribution/metadata.js'
import { oncePer } from '../once.js'
import { coreField } from '../standards/core-metadata.js'
import { type Case, type FieldDifference, type SharedCase, sharedCases } from './cases.js'
import { COMPARED_FIELDS, groupsOf, isList, isOrdered, linesOf } from './core-items.js'
import { compareItems } from './items.js'

/** `equal`: the field is not in Dynamic. `kept`: it is, and from 2.6 its entries survive all the same. */
type Promised = 'equal' | 'kept'

export interface PromiseDifference extends FieldDifference {
  readonly promised: Promised
}

/** Fields in Dynamic, in their specified spelling. */
export const dynamicFields = (metadata: Metadata): ReadonlySet<string> =>
  new Set(metadata.all('Dynamic').flatMap(({ value }) => coreField(value.trim())?.name ?? []))

/** What PKG-INFO promises of every wheel built from the sdist, and a wheel does not keep (PEP 643, from 2.6 on PEP 808). */
function* promiseDifferences(sdist: Sdist, wheel: Wheel): Iterable<PromiseDifference> {
  const { metadata } = sdist
  const built = wheel.metadata
  if (!built || !metadata?.atLeast('2.2')) return
  const dynamic = dynamicFields(metadata)
  for (const field of COMPARED_FIELDS) {
    const promised: Promised = dynamic.has(field) ? 'kept' : 'equal'
    if (promised === 'kept' && (!metadata.atLeast('2.6') || !isList(field) || linesOf(metadata, field).length === 0))
      continue
    // Import names have a rule of their own, and a field that the version does not know promises nothing.
    if (promised === 'equal' && (field.startsWith('Import-') || !metadata.atLeast(coreField(field)?.since ?? '')))
      continue
    yield* fieldDifferences(metadata, built, field, promised)
  }
}

function* fieldDifferences(
  metadata: Metadata,
  built: Metadata,
  field: string,
  promised: Promised,
): Iterable<PromiseDifference> {
  const itemsIn = (one: Metadata) => new Map(groupsOf(one, field).map(({ extra, items }) => [extra, items]))
  const [given, found] = [itemsIn(metadata), itemsIn(built)]
  for (const extra of new Set([...given.keys(), ...found.keys()]))
    for (const difference of compareItems(given.get(extra) ?? [], found.get(extra) ?? [], isOrdered(field)))
      yield { ...difference, field, promised, ...(extra && { note: `extra ${extra}` }) }
}

const differencesFrom = oncePer((sdist: Sdist) => oncePer((wheel: Wheel) => [...promiseDifferences(sdist, wheel)]))

/** The differences of all wheels, the same ones together. */
export function promiseCases(sdist: Sdist, wheels: readonly Wheel[]): readonly SharedCase<PromiseDifference>[] {
  function* cases(): Iterable<Case<PromiseDifference>> {
    const differences = differencesFrom(sdist)
    for (const target of wheels) for (const difference of differences(target)) yield { target, difference }
  }
  return sharedCases(cases())
}

/** `Requires-Dist of PKG-INFO`. */
export const saidBy = (field: string): string => `${field} of PKG-INFO`
