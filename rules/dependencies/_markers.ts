import type { Metadata, MetadataField } from '../../src/distribution/metadata.js'
import type { MarkerComparison } from '../../src/standards/marker.js'
import { comparisons, dependencies, type Test, testOf } from '../../src/views/dependencies.js'

/** Variables whose values are versions. platform_release and platform_version may be any text. */
export const VERSION_VARIABLES: ReadonlySet<string> = new Set([
  'python_version',
  'python_full_version',
  'implementation_version',
])

/** Variables whose values are unordered text. */
export const STRING_VARIABLES: ReadonlySet<string> = new Set([
  'os_name',
  'sys_platform',
  'platform_system',
  'platform_machine',
  'platform_python_implementation',
  'implementation_name',
])

export interface MarkerTest {
  readonly field: MetadataField
  readonly test: Test
  readonly comparison: MarkerComparison
}

/** Every test of one variable in the markers of Requires-Dist. */
export function markerTests(metadata: Metadata | undefined): readonly MarkerTest[] {
  return dependencies(metadata).flatMap(({ field, requirement }) =>
    comparisons(requirement.marker?.tree).flatMap(comparison => {
      const test = testOf(comparison)
      return test ? [{ field, test, comparison }] : []
    }),
  )
}
