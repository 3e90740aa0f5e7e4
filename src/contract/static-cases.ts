import type { Sdist, Wheel } from '../distribution/distribution.js'
import { lostFields } from '../distribution/unread.js'
import type { Severity } from '../finding.js'
import { generatorOf } from '../views/generator.js'
import { backendFamily } from '../views/pyproject.js'
import { backendFault } from './backend-faults.js'
import type { Case } from './cases.js'
import { type StaticDifference, staticDifferences } from './static-table.js'
import { weightOf } from './weight.js'

/** A repaired wheel, or one that was built elsewhere, may differ: it is then not a wheel built from this sdist. */
export const WHEEL_ENDING = 'a wheel built from this sdist must not differ.'

/** Compares what `[project]` of the sdist declares statically with PKG-INFO, and then with each wheel. */
export function* staticCases(sdist: Sdist, wheels: readonly Wheel[]): Iterable<Case<StaticDifference>> {
  // Where fields are lost, that is the finding.
  for (const target of [sdist, ...wheels])
    if (!target.metadata || lostFields(target.metadata).length === 0)
      for (const difference of staticDifferences(sdist, target)) yield { target, difference }
}

/** Backends that respell requirements. */
const REWRITE = new Set(['uv-build', 'maturin', 'poetry-core', 'poetry'])

/** Backends that say who they are in the wheels that they build. */
const NAMED = new Set([
  'setuptools',
  'hatchling',
  'flit-core',
  'poetry-core',
  'uv-build',
  'maturin',
  'pdm-backend',
  'meson-python',
  'scikit-build-core',
])

/** Commands of a wheel that another backend than that of the sdist built: it may contain a program instead. */
export function isOfOtherBuild({ field }: StaticDifference, sdist: Sdist, target: Sdist | Wheel): boolean {
  if (field !== 'entry-points') return false
  const [own, other] = [
    sdist.pyproject && backendFamily(sdist.pyproject),
    target.kind === 'wheel' ? generatorOf(target)?.backend : undefined,
  ]
  return own !== undefined && other !== undefined && own !== other && NAMED.has(own) && NAMED.has(other)
}

/** How bad it is; undefined where the specification allows it, or the backend always does so. */
export function staticSeverity(
  difference: StaticDifference,
  sdist: Sdist,
  target: Sdist | Wheel,
): Severity | undefined {
  if (isUnlisted(difference, sdist, target)) return undefined
  const severity = severityOf(difference, sdist)
  return severity === 'error' && isOfOtherBuild(difference, sdist, target) ? 'warning' : severity
}

/** Its own PKG-INFO does not list files that the patterns match: license-files-not-listed tells it. */
const isUnlisted = ({ key, both }: StaticDifference, sdist: Sdist, target: Sdist | Wheel) =>
  key === 'license-files' && !both && target === sdist && sdist.metadata?.atLeast('2.4') === true

function severityOf(difference: StaticDifference, sdist: Sdist): Severity | undefined {
  const { verdict, key, both, dropped } = difference
  if (backendFault(difference, sdist) !== undefined) return 'info'
  if (dropped) return 'warning'
  const weight = weightOf(difference)
  if (both) {
    if (verdict === 'added' || verdict === 'inserted') return undefined
    // PEP 808 keeps the static entries and their order.
    return weight === 'info' ? weight : key === 'keywords' ? 'warning' : 'error'
  }
  if (verdict !== 'respelled') return weight
  const backend = sdist.pyproject && backendFamily(sdist.pyproject)
  return backend !== undefined && REWRITE.has(backend) ? undefined : weight
}
