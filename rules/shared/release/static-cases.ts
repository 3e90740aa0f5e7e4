import type { Sdist, Wheel } from '../../../src/distribution/distribution.js'
import type { Severity } from '../../../src/finding.js'
import type { Case } from './contract-report.js'
import { RESOLUTION } from './core-items.js'
import { type StaticDifference, staticDifferences } from './static-table.js'

/** A repaired wheel, or one that was built elsewhere, may say it: it is then not a wheel of this sdist. */
export const WHEEL_ENDING = 'No wheel built from this sdist may say this.'

/** What `[project]` of the sdist says statically against PKG-INFO, then against each wheel. */
export function* staticCases(sdist: Sdist, wheels: readonly Wheel[]): Iterable<Case<StaticDifference>> {
  for (const target of [sdist, ...wheels])
    for (const difference of staticDifferences(sdist, target)) yield { target, difference }
}

const BINDING = new Set([...RESOLUTION, 'Name', 'Version', 'entry-points', 'Import-Name', 'Import-Namespace'])

/** How bad it is; undefined where the specification allows it. */
export function staticSeverity(
  { verdict, field, key, both }: StaticDifference,
  _backend: string | undefined,
): Severity | undefined {
  if (verdict === 'respelled') return 'warning'
  if (both) {
    if (verdict === 'added' || verdict === 'inserted') return undefined
    return key === 'keywords' ? 'warning' : 'error'
  }
  // Backends sort, and write an entry once.
  if (verdict === 'reordered' || verdict === 'once') return undefined
  return BINDING.has(field) ? 'error' : 'error'
}
