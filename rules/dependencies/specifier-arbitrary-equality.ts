import type { MetadataField } from '../../src/distribution/metadata.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import type { Specifier } from '../../src/standards/specifier.js'
import { clausePlace, dependencies } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'specifier-arbitrary-equality',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Version specifiers, "Arbitrary equality"',
  url: `${VERSION_SPECIFIERS}#arbitrary-equality`,
  summary: 'A requirement uses `===`.',
  why: '`===` compares versions as text: 1.0 and 1.0.0 differ. The specification strongly discourages its use.',
  fix: 'Use `==`.',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': 'attrs===25.1.0' } } },
    { wheel: { metadata: { 'Requires-Dist': 'attrs===latest' } } },
  ],
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs==25.1.0' } } },
  *check({ metadata }) {
    const python = metadata?.first('Requires-Python')
    const own = specifiersOf(python)?.clauses.find(isArbitrary)
    if (python && own) yield draft(python, own, `Requires-Python ${quote(python.value)}`)
    for (const { field, requirement } of dependencies(metadata)) {
      const clause = requirement.specifier.clauses.find(isArbitrary)
      if (clause) yield draft(field, clause, `The requirement ${quote(field.value)}`)
    }
  },
})

function draft(field: MetadataField, clause: Specifier, what: string): Draft {
  const at = clausePlace(field, clause)
  if (clause.parsed()) return finding(at, `${what} compares versions as text because of '==='.`)
  return finding(
    at,
    `${what} requires the text ${quote(clause.version)}, which is not a version; no release on PyPI matches it.`,
    {
      help: 'Name a version, such as `==1.0`.',
    },
  )
}

const isArbitrary = ({ operator }: Specifier) => operator === '==='
