import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { comparisonPlace, dependencies, extraTests } from '../../src/views/dependencies.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'extra-undeclared',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Provides-Extra"',
  url: coreMetadata('provides-extra'),
  summary: 'A marker refers to an undeclared extra.',
  why: 'Installers warn that the project does not provide the extra, and do not install the requirement.',
  fix: project => `Add the extra to ${project.key('Provides-Extra')}, or correct its name in the marker.`,
  byHand: 'Only a person knows whether the name is wrong, or the extra was forgotten.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "fast"' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "fast"', 'Provides-Extra': 'fast' } } },
  misses: ['Provides-Extra'],
  *check({ metadata }) {
    const declared = new Set((metadata?.all('Provides-Extra') ?? []).map(({ value }) => canonicalName(value.trim())))
    const told = new Set<string>()
    for (const { field, requirement } of dependencies(metadata)) {
      for (const [extra, comparison] of extraTests(requirement)) {
        if (declared.has(extra) || told.has(extra)) continue
        told.add(extra)
        yield finding(
          comparisonPlace(field, comparison),
          `The marker uses the extra ${quote(extra)}, which no Provides-Extra field declares.`,
        )
      }
    }
  },
})
