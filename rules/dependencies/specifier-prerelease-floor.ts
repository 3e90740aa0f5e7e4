import { finding, quote, rule } from '../../src/rule.js'
import { clausePlace, dependencies, isOptional } from '../../src/views/dependencies.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'specifier-prerelease-floor',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Version specifiers, "Handling of pre-releases"',
  url: `${VERSION_SPECIFIERS}#handling-of-pre-releases`,
  summary: 'A requirement names a pre-release.',
  why: 'That makes installers take pre-releases of the dependency for every user, later ones too.',
  fix: 'Name a final release, if there is one by now.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs>=25.0a1' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs>=25.0' } } },
  *check({ metadata, project }) {
    for (const { field, requirement, name } of dependencies(metadata)) {
      if (isOptional(requirement) || name === project) continue
      const named = requirement.specifier.clauses.find(
        clause =>
          clause.operator !== '!=' && clause.operator !== '<' && !clause.wildcard && clause.parsed()?.isPrerelease,
      )
      if (named)
        yield finding(
          clausePlace(field, named),
          `${quote(named.toString())} lets pre-releases of ${requirement.name} in.`,
        )
    }
  },
})
