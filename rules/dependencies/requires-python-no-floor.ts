import { finding, quote, rule } from '../../src/rule.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { coreMetadata } from '../shared/specifications.js'

const FLOOR = new Set(['>=', '>', '~=', '==', '==='])

export default rule({
  id: 'requires-python-no-floor',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Requires-Python"',
  url: coreMetadata('requires-python'),
  summary: 'Requires-Python does not have a lower bound.',
  why: 'Installers install the release on every old Python, down to Python 2.',
  fix: project => `Add the oldest version that works to ${project.key('Requires-Python')}, as in \`>=3.9\`.`,
  bad: { wheel: { metadata: { 'Requires-Python': '!=3.10.0' } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9,!=3.10.0' } } },
  *check({ metadata }) {
    const field = metadata?.first('Requires-Python')
    const set = specifiersOf(field)
    if (field && set && set.clauses.length > 0 && !set.clauses.some(({ operator }) => FLOOR.has(operator)))
      yield finding(field, `Requires-Python ${quote(field.value)} does not have a lower bound.`)
  },
})
