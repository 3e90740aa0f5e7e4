import type { MetadataField } from '../../src/distribution/metadata.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import type { Requirement } from '../../src/standards/requirement.js'
import { dependencies } from '../../src/views/dependencies.js'
import { plural, someQuoted } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'
import { extraSpellings } from './_extras.js'

export default rule({
  id: 'requirement-duplicate',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Requires-Dist"',
  url: coreMetadata('requires-dist'),
  summary: 'A requirement is repeated for the same conditions.',
  why: 'Identical lines are redundant; different specifiers are combined, which is easy to overlook.',
  fix: 'Write one line per project and marker.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': ['attrs>=23', 'attrs<25'] } } },
    { wheel: { metadata: { 'Requires-Dist': ['attrs', 'numpy', 'attrs', 'numpy'] } } },
  ],
  good: { wheel: { metadata: { 'Requires-Dist': ['attrs>=23,<25', 'attrs[tests]; python_version < "3.10"'] } } },
  *check({ metadata }) {
    const seen = new Map<string, { readonly specifier: string; readonly spellings: string }>()
    const twice: MetadataField[] = []
    for (const { field, requirement, name } of dependencies(metadata)) {
      const key = JSON.stringify([
        name,
        requirement.extras.map(canonicalName).sort(),
        requirement.url,
        markerText(requirement),
      ])
      const before = seen.get(key)
      const specifier = requirement.specifier.toString()
      const spellings = extraSpellings(field, requirement).join()
      // Two spellings of one extra have their own rule.
      if (before === undefined) seen.set(key, { specifier, spellings })
      else if (before.spellings !== spellings) continue
      else if (before.specifier === specifier) twice.push(field)
      else
        yield finding(
          field,
          `${requirement.name} is required twice for the same conditions, ${withSpecifier(before.specifier)} and ${withSpecifier(specifier)}: both apply.`,
        )
    }
    const [first] = twice
    if (first)
      yield finding(
        first,
        `${twice.length === 1 ? 'The requirement' : `${plural(twice.length, 'requirement')},`} ${someQuoted(twice.map(({ value }) => value))}${twice.length === 1 ? ' appears' : ', appear'} more than once.`,
        { subject: 'twice' },
      )
  },
})

const withSpecifier = (specifier: string) => (specifier === '' ? 'without a version' : `with ${quote(specifier)}`)

/** The marker in one spelling; as JSON where it cannot be written as text. */
function markerText({ marker }: Requirement): string {
  return marker ? (attempt(() => marker.toString(), '') ?? JSON.stringify(marker.tree, withoutPlaces)) : ''
}

const withoutPlaces = (key: string, value: unknown) => (key === 'start' || key === 'end' ? undefined : value)
