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
  summary: 'A marker compares `python_version` with more or less than two numbers.',
  why: 'The value is always major and minor, as 3.10, so bug fix releases cannot be told apart and `== "3"` is never true.',
  fix: 'Use two numbers, or `python_full_version` for bug fix releases.',
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
          `${text} names a bug fix release, but python_version has two numbers only.`,
        )
      else if (parts.length === 1 && (operator === '==' || operator === '!='))
        yield finding(
          comparisonPlace(field, comparison),
          `${text} compares with ${literal}.0 exactly, so it does not stand for all of Python ${literal}.`,
          {
            help: `Write ${quote(`${literal}.*`)}.`,
          },
        )
      else if (parts.length === 1 && (operator === '<=' || operator === '>'))
        yield finding(
          comparisonPlace(field, comparison),
          `${text} divides at ${literal}.0, not at the end of Python ${literal}.`,
        )
      else if (operator === '>' && parts.length === 2 && !(parts[0] === '2' && parts[1] === '7'))
        yield finding(
          comparisonPlace(field, comparison),
          `${text} is true from ${parts[0]}.${Number(parts[1]) + 1} on only.`,
          { severity: 'info' },
        )
    }
  },
})
