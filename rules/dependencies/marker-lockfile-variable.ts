import { within } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { SET_VARIABLES } from '../../src/standards/marker.js'
import { comparisons, dependencies } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

const NAMES: ReadonlySet<string> = new Set(SET_VARIABLES)

export default rule({
  id: 'marker-lockfile-variable',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['packaging', 'pip'],
  force: 'SHOULD',
  source: 'Dependency specifiers, "Environment Markers"; PEP 751',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker uses a variable that is only for lock files.',
  why: 'In metadata, `extras` and `dependency_groups` do not have a value, so installers fail on the marker.',
  fix: 'Use `extra == "…"`.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; "fast" in extras', 'Provides-Extra': 'fast' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; extra == "fast"', 'Provides-Extra': 'fast' } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata)) {
      for (const comparison of comparisons(requirement.marker?.tree)) {
        const found = [comparison.lhs, comparison.rhs].find(side => side.kind === 'variable' && NAMES.has(side.name))
        if (found?.kind !== 'variable') continue
        yield finding(
          within(field, found.name, comparison.start),
          `The variable ${found.name} is allowed only in lock files.`,
        )
        break
      }
    }
  },
})
