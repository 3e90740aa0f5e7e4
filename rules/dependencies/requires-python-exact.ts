import { finding, quote, rule } from '../../src/rule.js'
import { clausePlace } from '../../src/views/dependencies.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'requires-python-exact',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Requires-Python"',
  url: coreMetadata('requires-python'),
  summary: 'Requires-Python allows only one version of Python.',
  why: 'Users of any other version, even of a later patch release, cannot install the release.',
  fix: project => `Set ${project.key('Requires-Python')} to the oldest version that works, as in \`>=3.12\`.`,
  bad: { wheel: { metadata: { 'Requires-Python': '==3.12.3' } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.12' } } },
  *check(subject) {
    const field = subject.metadata?.first('Requires-Python')
    const exact = specifiersOf(field)?.clauses.find(
      ({ operator, version, wildcard }) =>
        operator === '===' || (operator === '==' && !(wildcard && /^[0-9]+\.\*$/.test(version))),
    )
    if (!field || !exact) return
    const what = exact.wildcard ? 'minor version' : 'release'
    yield finding(clausePlace(field, exact), `Requires-Python ${quote(field.value)} allows only one ${what} of Python.`)
  },
})
