import { finding, quote, rule } from '../../src/rule.js'
import { comparisonPlace } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { markerTests, STRING_VARIABLES } from './_markers.js'

const RAISES = new Set(['~=', '==='])
const ORDERED = new Set(['<', '<=', '>', '>=', ...RAISES])

export default rule({
  id: 'marker-string-ordered',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['packaging', 'pip'],
  force: 'SHOULD',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker uses an ordered comparison on a string.',
  why: 'Strings are not ordered in markers: `<` and `>` are never true, `<=` and `>=` mean equal, and installers fail on `~=` and `===`.',
  fix: 'Use `==`, `!=`, `in` or `not in`.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': 'attrs; os_name ~= "posix"' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs; os_name >= "posix"' } } },
  ],
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; os_name == "posix"' } } },
  *check({ metadata }) {
    for (const { field, test, comparison } of markerTests(metadata)) {
      if (!STRING_VARIABLES.has(test.variable) || !ORDERED.has(test.operator)) continue
      yield finding(
        comparisonPlace(field, comparison),
        `${quote(test.operator)} is not meaningful for ${test.variable}, which is a string: ${quote(field.value)}.`,
        RAISES.has(test.operator) ? undefined : { severity: 'warning', enforcedBy: [] },
      )
    }
  },
})
