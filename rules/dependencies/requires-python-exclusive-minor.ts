import { finding, quote, rule } from '../../src/rule.js'
import { clausePlace, withClause } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { replacing } from '../shared/remedies.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'requires-python-exclusive-minor',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Version specifiers, "Exclusive ordered comparison"',
  url: `${VERSION_SPECIFIERS}#exclusive-ordered-comparison`,
  summary: 'Requires-Python starts with `>3.Y`, which allows 3.Y.1 and later.',
  why: 'It excludes only the very first release, 3.Y.0, which is rarely the intention.',
  fix: project => `Set ${project.key('Requires-Python')} to \`>=3.Y\`, or to \`>=3.Z\` with the next minor version.`,
  bad: { wheel: { metadata: { 'Requires-Python': '>3.9' } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9' } } },
  *check({ metadata }) {
    const field = metadata?.first('Requires-Python')
    for (const clause of specifiersOf(field)?.clauses ?? []) {
      const { operator, version } = clause
      if (field && operator === '>' && /^3\.[0-9]{1,3}$/.test(version))
        yield finding(clausePlace(field, clause), `${quote(`>${version}`)} allows ${version}.1 and later.`, {
          remedy: replacing('Requires-Python', field.value, withClause(field.value, clause, `>=${version}`), false),
        })
    }
  },
})
