import { finding, quote, rule } from '../../src/rule.js'
import { dependencies } from '../../src/views/dependencies.js'
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
    if (python && specifiersOf(python)?.clauses.some(({ operator }) => operator === '==='))
      yield finding(python, `Requires-Python ${quote(python.value)} compares versions as text.`)
    for (const { field, requirement } of dependencies(metadata))
      if (requirement.specifier.clauses.some(({ operator }) => operator === '==='))
        yield finding(field, `The requirement ${quote(field.value)} compares versions as text.`)
  },
})
