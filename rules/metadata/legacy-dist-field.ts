import { nameOf } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'legacy-dist-field',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Rarely Used Fields"',
  url: coreMetadata('provides-dist'),
  summary: 'The metadata uses a field that no installer reads.',
  why: 'Installers ignore Provides-Dist, Obsoletes-Dist and Requires-External.',
  fix: 'Remove the field, and mention the information in the README.',
  bad: { wheel: { metadata: { 'Obsoletes-Dist': 'olddemo' } } },
  good: { wheel: {} },
  *check({ metadata }) {
    for (const name of ['Provides-Dist', 'Obsoletes-Dist', 'Requires-External']) {
      const field = metadata?.first(name)
      if (isGiven(field)) yield finding(nameOf(field), `No installer reads ${name}.`, { subject: name })
    }
  },
})
