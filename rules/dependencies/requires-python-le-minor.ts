import { finding, quote, rule } from '../../src/rule.js'
import { clausePlace, withClause } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { replacing } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'requires-python-le-minor',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Version specifiers, "Inclusive ordered comparison"',
  url: coreMetadata('requires-python'),
  summary: 'Requires-Python ends with `<=3.Y`, which excludes 3.Y.1 and later.',
  why: 'It allows only the very first release, 3.Y.0, which is rarely the intention.',
  fix: project =>
    `Set ${project.key('Requires-Python')} to \`<3.Z\` with the next minor version, or drop the upper bound.`,
  bad: { wheel: { metadata: { 'Requires-Python': '>=3.9,<=3.12' } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9,<3.13' } } },
  *check({ metadata }) {
    const field = metadata?.first('Requires-Python')
    // One that no version satisfies has another mistake.
    const specifiers = specifiersOf(field)
    for (const clause of specifiers?.isUnsatisfiable() ? [] : (specifiers?.clauses ?? [])) {
      const { operator, version } = clause
      const minor = operator === '<=' ? /^3\.([0-9]{1,3})$/.exec(version)?.[1] : undefined
      if (field && minor !== undefined)
        yield finding(clausePlace(field, clause), `'<=${version}' excludes ${version}.1 and later.`, {
          help: project =>
            `Write ${quote(`<3.${Number(minor) + 1}`)} under ${project.key('Requires-Python')}, or remove the upper bound.`,
          remedy: replacing(
            'Requires-Python',
            field.value,
            withClause(field.value, clause, `<3.${Number(minor) + 1}`),
            false,
          ),
        })
    }
  },
})
