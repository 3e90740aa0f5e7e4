import { finding, quote, rule } from '../../src/rule.js'
import { comparisonPlace } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { markerTests } from './_markers.js'

export default rule({
  id: 'marker-extra-operator',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers, "Extras"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker tests `extra` with an operator other than `==` and `!=`.',
  why: 'The names of extras are neither ordered nor lists, and installers differ in how they evaluate such a test.',
  fix: 'Write `extra == "…"`, and join several tests with `or`.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra in "fast"', 'Provides-Extra': 'fast' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "fast"', 'Provides-Extra': 'fast' } } },
  *check({ metadata }) {
    for (const { field, test, comparison } of markerTests(metadata))
      if (test.variable === 'extra' && test.operator !== '==' && test.operator !== '!=')
        yield finding(
          comparisonPlace(field, comparison),
          `The marker tests extra with ${quote(test.operator)}: ${quote(field.value)}.`,
        )
  },
})
