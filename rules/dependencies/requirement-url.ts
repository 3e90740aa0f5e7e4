import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { requirementOf } from '../../src/views/parsed.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'requirement-url',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Version specifiers, "Direct references"; PyPI upload checks, requires-dist',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'A requirement is a direct reference.',
  why: 'PyPI does not accept dependencies from outside the index, not even in an extra.',
  fix: project =>
    project.home('Requires-Dist')?.form === 'poetry'
      ? 'Publish the dependency on the index and require it by a version, or move the reference to `[tool.poetry.group.dev.dependencies]`, which is for development alone.'
      : 'Publish the dependency on the index and require it by name, or move the reference to `[dependency-groups]`.',
  byHand: 'Only a person knows which version on the index has what the reference was for.',
  pypiMessage: "Can't have direct dependency: attrs @ https://…",
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs @ https://github.com/python-attrs/attrs/archive/main.zip' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs' } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const field of uploaded(metadata, 'Requires-Dist')) {
      const requirement = requirementOf(field)
      if (requirement?.url !== undefined)
        yield finding(
          within(field, requirement.url, field.value.indexOf('@')),
          `${requirement.name} is required from ${quote(requirement.url)} instead of from the index.`,
        )
    }
  },
})
