import { finding, quote, rule } from '../../src/rule.js'
import { clausePlace, dependencies } from '../../src/views/dependencies.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'specifier-local',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Version specifiers, "Local version identifiers"',
  url: `${VERSION_SPECIFIERS}#local-version-identifiers`,
  summary: 'A requirement names a local version.',
  why: 'PyPI does not accept local versions, so it cannot satisfy the requirement.',
  fix: 'Require the public version, without the `+` and what follows it.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'torch==2.8.0+cu126' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'torch==2.8.0' } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata)) {
      const local = requirement.specifier.clauses.find(
        ({ operator, version }) => (operator === '==' || operator === '===') && version.includes('+'),
      )
      if (local)
        yield finding(
          clausePlace(field, local),
          `${quote(local.toString())} requires a local version of ${requirement.name}, which PyPI cannot provide.`,
        )
    }
  },
})
