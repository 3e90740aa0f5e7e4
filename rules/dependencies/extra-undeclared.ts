import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { comparisonPlace, dependencies, extraTests } from '../../src/views/dependencies.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'extra-undeclared',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Provides-Extra"',
  url: coreMetadata('provides-extra'),
  summary: 'A marker tests for an extra that is not declared.',
  why: 'Installers say that the project has no such extra and leave the requirement out.',
  fix: project => `Add the extra to ${project.key('Provides-Extra')}, or correct its name in the marker.`,
  byHand: 'A person has to say which of the two is meant.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "fast"' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "fast"', 'Provides-Extra': 'fast' } } },
  *check({ metadata }) {
    const declared = new Set((metadata?.all('Provides-Extra') ?? []).map(({ value }) => canonicalName(value.trim())))
    const told = new Set<string>()
    for (const { field, requirement } of dependencies(metadata)) {
      for (const [extra, comparison] of extraTests(requirement)) {
        if (declared.has(extra) || told.has(extra)) continue
        told.add(extra)
        yield finding(
          comparisonPlace(field, comparison),
          `The extra ${quote(extra)} is tested for, but no Provides-Extra declares it.`,
        )
      }
    }
  },
})
