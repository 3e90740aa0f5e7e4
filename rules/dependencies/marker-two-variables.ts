import { finding, rule } from '../../src/rule.js'
import { comparisonPlace, comparisons, dependencies } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'marker-two-variables',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MAY',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker compares two variables.',
  why: 'pip reads the one on the right as a string, so the test compares a value with the name of a variable and is never true.',
  breaks: 'pip never installs the requirement, and uv always does.',
  fix: 'Put quotes around the intended value.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; os_name == sys_platform' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; os_name == "nt"' } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata))
      for (const comparison of comparisons(requirement.marker?.tree)) {
        const { lhs, operator, rhs } = comparison
        if (lhs.kind === 'variable' && rhs.kind === 'variable')
          yield finding(
            comparisonPlace(field, comparison),
            `${lhs.name} ${operator} ${rhs.name} compares two variables.`,
          )
      }
  },
})
