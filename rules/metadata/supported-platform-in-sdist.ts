import { nameOf } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'supported-platform-in-sdist',
  topic: 'metadata',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Supported-Platform"',
  url: coreMetadata('supported-platform'),
  summary: 'An sdist contains Supported-Platform.',
  why: 'The field names the platform that a binary distribution was compiled for; it has no meaning in an sdist.',
  fix: 'Remove the field.',
  bad: { sdist: { metadata: { 'Supported-Platform': 'i386-win32' } } },
  good: { sdist: {} },
  *check({ metadata }) {
    const field = metadata?.first('Supported-Platform')
    if (field) yield finding(nameOf(field), 'Supported-Platform is for binary distributions, and this is an sdist.')
  },
})
