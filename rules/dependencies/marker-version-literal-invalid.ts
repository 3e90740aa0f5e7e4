import { finding, quote, rule } from '../../src/rule.js'
import { trySpecifier } from '../../src/standards/specifier.js'
import { comparisonPlace } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { markerTests, VERSION_VARIABLES } from './_markers.js'

export default rule({
  id: 'marker-version-literal-invalid',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker compares a version with text that is not a version.',
  why: 'The values are then compared as text: `>=` means equal and `<` is never true, so the requirement is not installed.',
  breaks: 'pip compares the values as text and uv treats the test as true, so they install different requirements.',
  fix: 'Write a version, such as `python_version >= "3.9"`.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; python_version >= "3.x"' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; python_version >= "3.9"' } } },
  *check({ metadata }) {
    for (const { field, test, comparison } of markerTests(metadata)) {
      const { variable, operator, literal } = test
      if (!VERSION_VARIABLES.has(variable) || operator === 'in' || operator === 'not in' || operator === '===') continue
      if (trySpecifier(operator + literal) === undefined)
        yield finding(
          comparisonPlace(field, comparison),
          `${variable} ${operator} ${quote(literal)} does not compare with a version that is valid for this operator.`,
        )
    }
  },
})
