import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { Severity } from '../finding.js'
import type { Case } from './cases.js'
import { type StaticDifference, staticDifferences } from './static-table.js'

/** A repaired wheel, or one that was built elsewhere, may say it: it is then not a wheel of this sdist. */
export const WHEEL_ENDING = 'no wheel built from this sdist may say this.'

/** What `[project]` of the sdist says statically against PKG-INFO, then against each wheel. */
export function* staticCases(sdist: Sdist, wheels: readonly Wheel[]): Iterable<Case<StaticDifference>> {
  for (const target of [sdist, ...wheels])
    for (const difference of staticDifferences(sdist, target)) yield { target, difference }
}

/** Backends that put requirements in words of their own. */
const REWRITE = new Set(['uv-build', 'maturin', 'poetry-core', 'poetry'])

/** What installers and commands depend on; no one refuses the file, and nothing breaks, for another text in the rest. */
const ACTED_ON = new Set(['Name', 'Version', 'Requires-Python', 'Requires-Dist', 'Provides-Extra', 'entry-points'])

/** How bad it is; undefined where the specification allows it, or the backend always does so. */
export function staticSeverity(
  { verdict, field, key, both }: StaticDifference,
  backend: string | undefined,
): Severity | undefined {
  if (both) {
    if (verdict === 'added' || verdict === 'inserted') return undefined
    if (verdict === 'respelled') return field === 'Requires-Dist' ? 'warning' : 'error'
    return key === 'keywords' ? 'warning' : 'error'
  }
  // Backends sort, and write an entry once.
  if (verdict === 'reordered' || verdict === 'once') return undefined
  if (verdict === 'respelled') return backend !== undefined && REWRITE.has(backend) ? undefined : 'warning'
  return ACTED_ON.has(field) ? 'error' : 'warning'
}
