import type { MetadataField } from '../../src/distribution/metadata.js'
import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import type { Requirement } from '../../src/standards/requirement.js'
import { clausePlace, dependencies } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'specifier-unsatisfiable',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
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
      yield finding(python, `No version of Python satisfies ${quote(python.value)}.`, { explains: ['Python versions'] })
    for (const { field, requirement } of dependencies(metadata))
      if (requirement.specifier.isUnsatisfiable())
        yield finding(
          setPlace(field, requirement),
          `No version of ${requirement.name} satisfies ${quote(requirement.specifier.toString())}.`,
        )
  },
})

/** From the first clause to the last. */
function setPlace(field: MetadataField, { specifier: { clauses } }: Requirement): Place {
  const [first, last] = [clauses[0], clauses.at(-1)]
  if (!first || !last) return field
  const [from, to] = [
    clausePlace(field, first),
    clausePlace(field, last, clauses.filter(one => one === last).length - 1),
  ]
  const start = (from.column ?? 0) - field.column
  const end = (to.column ?? 0) - field.column + (to.mark ?? '').length
  return from.line === field.line && to.line === field.line ? within(field, field.value.slice(start, end), start) : from
}
