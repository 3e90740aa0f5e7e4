import { finding, quote, rule } from '../../src/rule.js'
import { comparisonPlace } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { markerTests } from './_markers.js'

export default rule({
  id: 'marker-python-version-form',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker compares `python_version` with a version that does not have exactly two parts.',
  why: 'The value always has the form major.minor, such as 3.10, so it cannot distinguish patch releases, and `== "3"` is never true.',
  fix: 'Use two parts, or use `python_full_version` to compare patch releases.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': 'attrs; python_version < "3.10.2"' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs; python_version > "3.10"' } } },
  ],
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs; python_full_version < "3.10.2"' } } },
  *check({ metadata }) {
    for (const { field, test, comparison } of markerTests(metadata)) {
      const { variable, operator, literal } = test
      if (variable !== 'python_version') continue
      const text = `python_version ${operator} ${quote(literal)}`
      const parts = /^[0-9]+(\.[0-9]+)*$/.test(literal) ? literal.split('.') : []
      if (parts.length > 2 && parts.slice(2).some(part => Number(part) !== 0))
        yield finding(
          comparisonPlace(field, comparison),
          `${text} names a patch release, but python_version contains only the major and minor version.`,
        )
      else if (parts.length === 1 && (operator === '==' || operator === '!='))
        yield finding(
          comparisonPlace(field, comparison),
          `${text} compares with exactly ${literal}.0, not with all versions of Python ${literal}.`,
          {
            help: `Write ${quote(`${literal}.*`)}.`,
          },
        )
      else if (parts.length === 1 && (operator === '<=' || operator === '>'))
        yield finding(
          comparisonPlace(field, comparison),
          `${text} compares with ${literal}.0, not with the last version of Python ${literal}.`,
        )
      else if (operator === '>' && parts.length === 2 && !(parts[0] === '2' && parts[1] === '7'))
        yield finding(
          comparisonPlace(field, comparison),
          `${text} is true only for Python ${parts[0]}.${Number(parts[1]) + 1} and later.`,
          { severity: 'info' },
        )
    }
  },
})
