import type { Metadata, MetadataField } from '../../src/distribution/metadata.js'
import type { Requirement } from '../../src/standards/requirement.js'
import { tryVersion } from '../../src/standards/version.js'
import { extraTests } from '../../src/views/dependencies.js'

/** The extras that a requirement belongs to: normalized, and as its marker spells them. */
export function extraSpellings(
  { value }: MetadataField,
  requirement: Requirement,
): readonly (readonly [extra: string, spelling: string])[] {
  return extraTests(requirement).map(([extra, { start, end }]) => [
    extra,
    /["']([^"']*)["']/.exec(value.slice(start, end))?.[1] ?? extra,
  ])
}

/** Does a requirement of the project on itself exclude the version that declares it? */
export function excludesOwn({ specifier }: Requirement, metadata: Metadata): boolean {
  const version = tryVersion(metadata.value('Version')?.trim() ?? '')
  return version !== undefined && !specifier.contains(version, { prereleases: true })
}
