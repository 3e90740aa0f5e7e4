import { finding, quote, rule } from '../../src/rule.js'
import type { Specifier } from '../../src/standards/specifier.js'
import { clausePlace, dependencies } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'specifier-arbitrary-equality',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Version specifiers, "Arbitrary equality"',
  url: `${VERSION_SPECIFIERS}#arbitrary-equality`,
  summary: 'A requirement uses `===`.',
  why: 'Versions are then compared as text: 1.0 and 1.0.0 differ. Its use is heavily discouraged.',
  fix: 'Use `==`.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs===25.1.0' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs==25.1.0' } } },
  *check({ metadata }) {
    const python = metadata?.first('Requires-Python')
    const own = specifiersOf(python)?.clauses.find(isArbitrary)
    if (python && own)
      yield finding(clausePlace(python, own), `Requires-Python ${quote(python.value)} compares versions as text.`)
    for (const { field, requirement } of dependencies(metadata)) {
      const clause = requirement.specifier.clauses.find(isArbitrary)
      if (clause)
        yield finding(clausePlace(field, clause), `The requirement ${quote(field.value)} compares versions as text.`)
    }
  },
})

const isArbitrary = ({ operator }: Specifier) => operator === '==='
