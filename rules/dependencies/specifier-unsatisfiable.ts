import { finding, quote, rule } from '../../src/rule.js'
import { dependencies } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'specifier-unsatisfiable',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'Version specifiers',
  url: `${VERSION_SPECIFIERS}#version-specifiers`,
  summary: 'No version can satisfy a version specifier.',
  why: 'Nobody can install the release.',
  fix: 'Correct the comparisons that contradict each other.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs>=25,<23' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs>=23,<25' } } },
  *check({ metadata }) {
    const python = metadata?.first('Requires-Python')
    if (python && specifiersOf(python)?.isUnsatisfiable())
      yield finding(python, `No version of Python satisfies ${quote(python.value)}.`)
    for (const { field, requirement } of dependencies(metadata))
      if (requirement.specifier.isUnsatisfiable())
        yield finding(field, `No version of ${requirement.name} satisfies ${quote(requirement.specifier.toString())}.`)
  },
})
