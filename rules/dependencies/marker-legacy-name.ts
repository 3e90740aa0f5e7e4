import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { comparisonPlace, comparisons, dependencies } from '../../src/views/dependencies.js'
import { safely } from '../shared/remedies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

/** A legacy name from setuptools outside of quotes, and its modern name. */
const LEGACY =
  /(?<![\w."'])(?:os\.name|sys\.platform|platform\.(?:version|machine|python_implementation)|python_implementation)(?![\w."'])/
const MEANS = new Map([['python_implementation', 'platform_python_implementation']])

export default rule({
  id: 'marker-legacy-name',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker uses a variable name that predates the specification.',
  why: 'pip and uv still accept the name; tools that implement only the grammar of the specification reject the requirement.',
  fix: 'Use the current name, such as `os_name`, `sys_platform` or `platform_python_implementation`.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': "attrs; os.name == 'posix'" } } },
    { wheel: { metadata: { 'Requires-Dist': "attrs; python_implementation == 'CPython'" } } },
  ],
  good: { wheel: { metadata: { 'Requires-Dist': "attrs; os_name == 'posix'" } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata))
      for (const comparison of comparisons(requirement.marker?.tree)) {
        const written = field.value.slice(comparison.start, comparison.end)
        const legacy = LEGACY.exec(written)
        if (!legacy) continue
        const [name] = legacy
        const place = within(comparisonPlace(field, comparison), name, legacy.index)
        const today = MEANS.get(name) ?? name.replace('.', '_')
        yield finding(place, `${quote(name)} is a legacy name; use ${today} instead.`, {
          remedy: safely({ kind: 'requirement', value: field.value, where: 'marker', part: name, by: today }),
        })
      }
  },
})
