import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { nearest } from '../../src/text/nearest.js'
import { comparisons, dependencies, testOf } from '../../src/views/dependencies.js'
import { texts } from '../../src/views/pyproject.js'
import { missing } from '../shared/missing.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'extra-unused',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Provides-Extra"',
  url: coreMetadata('provides-extra'),
  summary: 'An extra does not have any requirements.',
  why: 'Requesting it changes nothing; a misspelled marker has the same effect.',
  fix: project =>
    project.home('Provides-Extra')?.form === 'poetry'
      ? 'List optional dependencies of `[tool.poetry.dependencies]` in the extra, or remove it.'
      : 'If the extra is kept for compatibility, do nothing. Otherwise add requirements to it or remove it.',
  byHand: 'Only a person knows which requirements are meant.',
  bad: { wheel: { metadata: { 'Provides-Extra': 'fast' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "fast"', 'Provides-Extra': 'fast' } } },
  misses: ['Requires-Dist'],
  *check(dist) {
    const { metadata, kind } = dist
    // If an old PKG-INFO does not have Requires-Dist, the requirements are elsewhere.
    if (!metadata || (kind === 'sdist' && !metadata.first('Requires-Dist'))) return
    const used = new Set<string>()
    for (const { requirement } of dependencies(metadata))
      for (const comparison of comparisons(requirement.marker?.tree)) {
        const test = testOf(comparison)
        if (test?.variable.startsWith('extra')) used.add(canonicalName(test.literal))
      }
    const extras = metadata.all('Provides-Extra')
    const declared = new Set(extras.map(({ value }) => canonicalName(value)))
    const undeclared = [...used].filter(name => !declared.has(name))
    const isMeant = (name: string) => undeclared.length > 0 && nearest(canonicalName(name), undeclared) !== undefined
    // One that is used under a name like it is told by extra-undeclared.
    for (const field of extras)
      if (
        !used.has(canonicalName(field.value)) &&
        !field.hasOthers &&
        !isListed(dist, field.value) &&
        !isMeant(field.value)
      )
        yield finding(field, `The extra ${quote(field.value)} does not have any requirements.`, {
          follows: [missing.extra(canonicalName(field.value))],
        })
  },
})

/** Does an extra of Poetry list something? What is wrong with that, poetry-extra-invalid tells. */
const isListed = (dist: Wheel | Sdist, extra: string): boolean =>
  dist.kind === 'sdist' && texts(dist.pyproject?.get('tool', 'poetry', 'extras', extra)).length > 0
