import { finding, quote, rule } from '../../src/rule.js'
import { comparisonPlace, comparisons, dependencies } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'marker-constant',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['packaging', 'pip'],
  force: 'MAY',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker compares two strings.',
  why: 'pip cannot evaluate a comparison without a variable, and fails.',
  fix: 'Compare a variable with a string, such as `python_version >= "3.9"`.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; "posix" == "nt"' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; os_name == "nt"' } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata))
      for (const comparison of comparisons(requirement.marker?.tree)) {
        const { lhs, operator, rhs } = comparison
        if (lhs.kind === 'literal' && rhs.kind === 'literal')
          yield finding(
            comparisonPlace(field, comparison),
            `${quote(lhs.value)} ${operator} ${quote(rhs.value)} does not contain a variable.`,
          )
      }
  },
})
