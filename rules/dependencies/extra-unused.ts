import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { comparisons, dependencies, testOf } from '../../src/views/dependencies.js'
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
  summary: 'An extra brings no requirement.',
  why: 'Asking for it changes nothing; a misspelled marker looks the same.',
  fix: 'Nothing, if the extra is kept for compatibility. Otherwise add requirements or remove it.',
  bad: { wheel: { metadata: { 'Provides-Extra': 'fast' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "fast"', 'Provides-Extra': 'fast' } } },
  misses: ['Requires-Dist'],
  *check({ metadata, kind }) {
    // Without Requires-Dist in an old PKG-INFO the requirements are elsewhere.
    if (!metadata || (kind === 'sdist' && !metadata.first('Requires-Dist'))) return
    const used = new Set<string>()
    for (const { requirement } of dependencies(metadata))
      for (const comparison of comparisons(requirement.marker?.tree)) {
        const test = testOf(comparison)
        if (test?.variable.startsWith('extra')) used.add(canonicalName(test.literal))
      }
    for (const field of metadata.all('Provides-Extra'))
      if (!used.has(canonicalName(field.value)))
        yield finding(field, `No requirement belongs to the extra ${quote(field.value)}.`)
  },
})
