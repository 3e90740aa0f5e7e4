import { finding, rule } from '../../src/rule.js'
import { strip } from '../../src/text/python.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'requires-python-missing',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Requires-Python"',
  url: coreMetadata('requires-python'),
  summary: 'Requires-Python is missing.',
  why: 'Installers install the release on every Python, and on an unsupported version it fails at run time.',
  fix: project => `Set ${project.key('Requires-Python')} to the oldest version that works, as in \`>=3.9\`.`,
  bad: { wheel: { metadata: { 'Requires-Python': null } } },
  good: { wheel: { metadata: { 'Requires-Python': '>=3.9' } } },
  misses: ['Requires-Python'],
  *check({ metadata }) {
    if (!metadata || metadata.fields.length === 0) return
    const field = metadata.first('Requires-Python')
    if (field && strip(field.value) !== '') return
    yield finding(
      field ?? { member: metadata.member, line: 1, field: 'Requires-Python' },
      field ? 'Requires-Python is empty.' : `${metadata.member} does not have a Requires-Python.`,
    )
  },
})
