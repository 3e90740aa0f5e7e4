import type { MetadataField } from '../../src/distribution/metadata.js'
import type { Requirement } from '../../src/standards/requirement.js'
import { extraTests } from '../../src/views/dependencies.js'

/** The extras that a requirement is for: normalized, and as its marker spells them. */
export function extraSpellings(
  { value }: MetadataField,
  requirement: Requirement,
): readonly (readonly [extra: string, spelling: string])[] {
  return extraTests(requirement).map(([extra, { start, end }]) => [
    extra,
    /["']([^"']*)["']/.exec(value.slice(start, end))?.[1] ?? extra,
  ])
}
