import { finding, quote, rule } from '../../src/rule.js'
import { pythonsOf } from '../../src/standards/python-versions.js'
import { comparisonPlace } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { safely } from '../shared/remedies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { markerTests } from './_markers.js'

/** Values that only interpreters of Python 2 have: Jython, and what Python 3.3 changed. */
const LEGACY: ReadonlyMap<string, RegExp> = new Map([
  ['sys_platform', /^(?:linux[23]|java.*)$/],
  ['os_name', /^java$/],
  ['platform_system', /^Java$/],
  ['implementation_name', /^jython$/],
  ['platform_python_implementation', /^Jython$/],
])

export default rule({
  id: 'marker-legacy-value',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers, "Environment Markers"',
  url: `${DEPENDENCY_SPECIFIERS}#environment-markers`,
  summary: 'A marker tests for a value that exists only in Python 2.',
  why: 'Jython implements Python 2.7, and since Python 3.3 `sys.platform` is "linux", so the result of the test is always the same.',
  fix: 'Remove the test, or write `sys_platform == "linux"`.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': "attrs; sys_platform == 'linux2'" } } },
    { wheel: { metadata: { 'Requires-Dist': "attrs; platform_python_implementation != 'Jython'" } } },
  ],
  good: [
    { wheel: { metadata: { 'Requires-Dist': "attrs; sys_platform == 'linux'" } } },
    { wheel: { metadata: { 'Requires-Python': '>=2.7', 'Requires-Dist': "attrs; sys_platform == 'linux2'" } } },
  ],
  *check({ metadata }) {
    if (pythonsOf(specifiersOf(metadata?.first('Requires-Python'))).includes('2.7')) return
    for (const { field, test, comparison } of markerTests(metadata)) {
      const { variable, operator, literal } = test
      if ((operator === '==' || operator === '!=') && LEGACY.get(variable)?.test(literal))
        yield finding(comparisonPlace(field, comparison), `${variable} is ${quote(literal)} only on Python 2.`, {
          remedy:
            variable === 'sys_platform' && /^linux[23]$/.test(literal)
              ? safely({ kind: 'requirement', value: field.value, where: 'marker', part: literal, by: 'linux' })
              : undefined,
        })
    }
  },
})
