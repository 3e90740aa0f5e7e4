import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseSpecifiers, type Specifier, type SpecifierSet } from '../../src/standards/specifier.js'
import { clausePlace, dependencies } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { someQuoted } from '../../src/wording.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

const LOWER = new Set(['>=', '>', '==', '~='])
/** How many lines are checked. */
const MOST = 1000
const UPPER = new Set(['<=', '<', '=='])

export default rule({
  id: 'specifier-redundant-clause',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Version specifiers',
  url: `${VERSION_SPECIFIERS}#version-specifiers`,
  summary: 'A version comparison is redundant.',
  why: 'It hides the effective bound, and is often a leftover.',
  fix: 'Remove every redundant comparison.',
  bad: { wheel: { metadata: { 'Requires-Python': '>=3.9,!=3.1.*' } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9,!=3.9.7' } } },
  *check({ metadata }) {
    const python = metadata?.first('Requires-Python')
    const sets = dependencies(metadata).map(({ field, requirement }) => ({ field, set: requirement.specifier }))
    const own = specifiersOf(python)
    if (python && own) sets.unshift({ field: python, set: own })
    for (const { field, set } of sets.slice(0, MOST)) {
      // Long lists are generated, and the test is quadratic.
      if (set.clauses.length < 2 || set.clauses.length > 30 || set.isUnsatisfiable()) continue
      const redundant = set.clauses.filter((clause, index) => isRedundant(clause, index, set))
      const [first] = redundant
      if (first)
        yield finding(
          // Of two equal ones, the second is redundant.
          clausePlace(field, first, set.clauses.filter(other => other === first).length - 1),
          `${quote(field.value)} contains ${redundant.length === 1 ? 'a redundant comparison' : 'redundant comparisons'}: ${someQuoted(redundant.map(String))}.`,
        )
    }
  },
})

function isRedundant(clause: Specifier, index: number, set: SpecifierSet): boolean {
  const others = set.clauses.filter((_, i) => i !== index)
  const { operator, version } = clause
  if (operator === '!=') {
    const excluded = attempt(
      parseSpecifiers,
      [...others.filter(other => other.operator !== '!='), `==${version}`].join(','),
    )
    return excluded?.isUnsatisfiable() ?? false
  }
  const side = operator === '>=' || operator === '>' ? LOWER : operator === '<' || operator === '<=' ? UPPER : undefined
  if (side === undefined) return false
  return others.some(other => {
    if (!side.has(other.operator) || other.wildcard) return false
    const bound = other.parsed()
    if (!bound) return false
    // Of two equal ones, the second.
    if (other.toString() === clause.toString()) return set.clauses.indexOf(other) < index
    return (
      clause.contains(bound) ||
      (other.operator === operator &&
        operator !== '<=' &&
        operator !== '>=' &&
        clause.parsed()?.toString() === bound.toString())
    )
  })
}
