import { finding, quote, rule } from '../../src/rule.js'
import { comparisonPlace } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { markerTests, VERSION_VARIABLES } from './_markers.js'

export default rule({
  id: 'marker-version-in',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker uses `in` or `not in` on a version.',
  why: 'The test compares text: "3.1" is in "3.10". Installers differ in how they evaluate it.',
  fix: 'Write the versions as comparisons joined with `or`.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; python_version in "3.9 3.10"' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; python_version == "3.9" or python_version == "3.10"' } } },
  *check({ metadata }) {
    for (const { field, test, comparison } of markerTests(metadata))
      if (VERSION_VARIABLES.has(test.variable) && /in$/.test(test.operator))
        yield finding(
          comparisonPlace(field, comparison),
          `${quote(test.operator)} tests ${test.variable} as text: ${quote(field.value)}.`,
        )
  },
})
