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
  summary: 'A marker tests `extra` with another operator than `==` and `!=`.',
  why: 'Names of extras have no order and are no lists; installers differ in what they make of it.',
  fix: 'Write `extra == "…"`, and join several by `or`.',
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
