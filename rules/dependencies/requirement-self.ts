import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import type { Requirement } from '../../src/standards/requirement.js'
import { dependencies, isOptional } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { excludesOwn } from './_extras.js'

/** Without a version or URL that could conflict with what is being installed. */
const isBare = ({ specifier, url }: Requirement) => url === undefined && String(specifier) === ''

export default rule({
  id: 'requirement-self',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'The project requires itself.',
  why: 'The line has no effect, or conflicts with the version that is being installed. Without a version, in an extra, it is reported as info.',
  fix: 'Remove the requirement. To combine extras, write `demo[one,two]` in the extra that combines them.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': 'demo>=0.9' } } },
    { wheel: { metadata: { 'Requires-Dist': 'demo; extra == "dev"', 'Provides-Extra': 'dev' } } },
  ],
  good: {
    wheel: {
      metadata: {
        'Requires-Dist': ['attrs; extra == "fast"', 'demo[fast]; extra == "all"'],
        'Provides-Extra': ['fast', 'all'],
      },
    },
  },
  *check({ metadata, project }) {
    // A requirement that cannot be satisfied has its own rule.
    for (const { field, requirement, name } of dependencies(metadata))
      if (name === project && requirement.extras.length === 0 && metadata && !excludesOwn(requirement, metadata))
        yield finding(within(field, requirement.name), `The project requires itself: ${quote(field.value)}.`, {
          // Who chooses an extra of a project installs the project, too.
          ...(isOptional(requirement) && isBare(requirement) && { severity: 'info' }),
        })
  },
})
