import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { dependencies } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'marker-backslash',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker contains a backslash.',
  why: 'The specification does not define its meaning: pip reads it as a Python escape, uv as a literal character.',
  fix: 'Write the marker without a backslash.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs; platform_version == "1\\x41"' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; platform_version == "1A"' } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata))
      if (requirement.marker && field.value.slice(field.value.indexOf(';')).includes('\\'))
        yield finding(
          within(field, '\\', field.value.indexOf(';')),
          `The marker of ${quote(field.value)} contains a backslash.`,
        )
  },
})
