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
  why: 'Installers then accept pre-releases of the dependency for every user, including later ones.',
  fix: 'Require a final release, if there is one.',
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
          `${quote(named.toString())} allows pre-releases of ${requirement.name}.`,
        )
    }
  },
})
