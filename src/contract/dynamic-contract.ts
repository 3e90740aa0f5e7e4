import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { Metadata } from '../distribution/metadata.js'
import { SEVERITIES, type Severity } from '../finding.js'
import { oncePer } from '../once.js'
import { coreField } from '../standards/core-metadata.js'
import { applicable } from '../views/applicable.js'
import type { Case, FieldDifference } from './cases.js'
import { COMPARED_FIELDS, groupsOf, isList, isOrdered, linesOf } from './core-items.js'
import { compareItems } from './items.js'
import { staticSeverity } from './static-cases.js'
import { staticDifferences } from './static-table.js'
import { weightOf } from './weight.js'

/** `equal`: the field is not in Dynamic. `kept`: it is, and from 2.6 its entries survive all the same. */
type Promised = 'equal' | 'kept'

export interface PromiseDifference extends FieldDifference {
  readonly promised: Promised
}

/** Fields in Dynamic, in their specified spelling. */
export const dynamicFields = (metadata: Metadata): ReadonlySet<string> =>
  new Set(metadata.all('Dynamic').flatMap(({ value }) => coreField(value.trim())?.name ?? []))

/** What PKG-INFO promises for every wheel built from the sdist, but a wheel violates (PEP 643, from 2.6 on PEP 808). */
function* promiseDifferences(sdist: Sdist, wheel: Wheel): Iterable<PromiseDifference> {
  const { metadata } = sdist
  const built = wheel.metadata
  if (!built || !metadata?.atLeast('2.2')) return
  const dynamic = dynamicFields(metadata)
  for (const field of COMPARED_FIELDS) {
    const promised: Promised = dynamic.has(field) ? 'kept' : 'equal'
    if (promised === 'kept' && (!metadata.atLeast('2.6') || !isList(field) || linesOf(metadata, field).length === 0))
      continue
    // Import names have their own rule, and a field that the version does not know promises nothing.
    if (promised === 'equal' && (field.startsWith('Import-') || !metadata.atLeast(coreField(field)?.since ?? '')))
      continue
    for (const one of fieldDifferences(metadata, built, field, promised))
      yield field === 'Requires-Dist' && isMoot(one, wheel) ? { ...one, moot: true } : one
  }
}

/** Does a wheel only add requirements that apply nowhere it can be installed? */
function isMoot({ verdict, found }: PromiseDifference, wheel: Wheel): boolean {
  if (verdict !== 'added') return false
  const { hard, extra } = applicable(wheel)
  const lines = new Set([...hard, ...extra].map(({ field }) => field.line))
  return found.every(({ at }) => at.line !== undefined && !lines.has(at.line))
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

/** Where wheels differ from what PKG-INFO promises, except for what is reported as a difference from `[project]`. */
export function* promiseCases(sdist: Sdist, wheels: readonly Wheel[]): Iterable<Case<PromiseDifference>> {
  const differences = differencesFrom(sdist)
  for (const target of wheels)
    for (const difference of differences(target)) if (!isToldOf(sdist, target, difference)) yield { target, difference }
}

/** Is there an equally severe finding about this entry that compares the wheel with `[project]`, and so names the key to fix? */
function isToldOf(sdist: Sdist, wheel: Wheel, difference: PromiseDifference): boolean {
  const severity = weightOf(difference) ?? 'info'
  const told = toldOf(sdist, wheel)
  return entriesOf(difference).every(entry => {
    const worst = told.get(entry)
    return worst !== undefined && SEVERITIES.indexOf(worst) <= SEVERITIES.indexOf(severity)
  })
}

/** Entries of PKG-INFO and a wheel that differ from `[project]`, with the severity of the finding. */
const toldFrom = oncePer((sdist: Sdist) =>
  oncePer((wheel: Wheel): ReadonlyMap<string, Severity> => {
    const told = new Map<string, Severity>()
    // If PKG-INFO is wrong, a correct wheel differs from it.
    const all = [sdist, wheel].flatMap(target =>
      [...staticDifferences(sdist, target)].map(difference => ({ difference, target })),
    )
    for (const { difference, target } of all) {
      const severity = staticSeverity(difference, sdist, target)
      if (severity === undefined) continue
      for (const entry of entriesOf(difference)) {
        const before = told.get(entry)
        if (before === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(before)) told.set(entry, severity)
      }
    }
    return told
  }),
)
const toldOf = (sdist: Sdist, wheel: Wheel) => toldFrom(sdist)(wheel)

/** The entries that a difference is about, by field and name. */
const entriesOf = ({ verdict, field, note = '', given, found }: FieldDifference): readonly string[] =>
  [...(verdict === 'inserted' ? [] : given), ...found].map(({ name }) =>
    [field, field === 'Requires-Dist' ? note : '', name].join('\0'),
  )

/** Entries of a wheel that are reported as a difference from the sdist. */
const entriesToldFrom = oncePer((sdist: Sdist) =>
  oncePer((wheel: Wheel): ReadonlySet<string> => {
    const broken = differencesFrom(sdist)(wheel).filter(one => one.promised === 'equal' && weightOf(one) !== undefined)
    return new Set([...toldOf(sdist, wheel).keys(), ...broken.flatMap(entriesOf)])
  }),
)

/** Is a difference between two wheels reported for one of them as a difference from the sdist? */
export function isToldOfSdist(
  sdists: readonly Sdist[],
  wheels: readonly Wheel[],
  difference: FieldDifference,
): boolean {
  const entries = entriesOf(difference)
  return sdists.some(sdist =>
    wheels.some(wheel => {
      const told = entriesToldFrom(sdist)(wheel)
      return entries.some(entry => told.has(entry))
    }),
  )
}

/** `Requires-Dist of PKG-INFO`. */
export const saidBy = ({ field }: FieldDifference): string => `${field} of PKG-INFO`
