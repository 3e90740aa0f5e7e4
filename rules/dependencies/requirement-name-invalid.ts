import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isName } from '../../src/standards/name.js'
import { dependencies, extraPlace } from '../../src/views/dependencies.js'
import { NAME_FORMAT } from '../shared/specifications.js'

export default rule({
  id: 'requirement-name-invalid',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'Names and normalization, "Name format"',
  url: `${NAME_FORMAT}#name-format`,
  summary: 'A requirement contains an invalid project name.',
  why: 'The packaging library accepts it, but no index has such a project, and uv rejects the requirement.',
  fix: project => `Correct the name under ${project.key('Requires-Dist')}.`,
  byHand: 'No current backend builds it, or writes it.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs_' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs' } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata))
      for (const [i, name] of [requirement.name, ...requirement.extras].entries())
        if (!isName(name))
          yield finding(
            i === 0 ? within(field, name) : extraPlace(field, name),
            `${quote(name)} is not a valid name: it must end with a letter or digit.`,
          )
  },
})
