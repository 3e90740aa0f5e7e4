import { finding, quote, rule } from '../../src/rule.js'
import { clausePlace } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'requires-python-patch-floor',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Requires-Python"',
  url: coreMetadata('requires-python'),
  summary: 'The oldest version in Requires-Python is a patch release.',
  why: 'It excludes systems with an earlier patch release of the same Python, where the project usually works.',
  fix: project =>
    `Set ${project.key('Requires-Python')} to the minor version, as in \`>=3.9\`, unless the earlier releases really fail.`,
  bad: { wheel: { metadata: { 'Requires-Python': '>=3.9.13' } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9' } } },
  *check({ metadata }) {
    const field = metadata?.first('Requires-Python')
    for (const clause of specifiersOf(field)?.clauses ?? []) {
      const { operator, version } = clause
      if (field && (operator === '>=' || operator === '~=') && /^3\.[0-9]{1,3}\.0*[1-9][0-9]{0,3}$/.test(version))
        yield finding(clausePlace(field, clause), `Requires-Python starts at the patch release ${quote(version)}.`)
    }
  },
})
