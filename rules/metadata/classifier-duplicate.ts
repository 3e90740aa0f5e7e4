import { finding, quote, rule } from '../../src/rule.js'
import { safely } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'classifier-duplicate',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Classifier"',
  url: coreMetadata('classifier'),
  summary: 'A classifier appears more than once.',
  why: 'The second one is redundant, and some tools display it twice.',
  fix: project => `Remove one of the two from ${project.key('Classifier')}.`,
  bad: {
    wheel: { metadata: { Classifier: ['Programming Language :: Python :: 3', 'Programming Language :: Python :: 3'] } },
  },
  good: {
    wheel: { metadata: { Classifier: ['Programming Language :: Python', 'Programming Language :: Python :: 3'] } },
  },
  *check({ metadata }) {
    const seen = new Set<string>()
    const told = new Set<string>()
    for (const field of metadata?.all('Classifier') ?? []) {
      const text = field.value.trim()
      if (seen.has(text) && !told.has(text)) {
        told.add(text)
        yield finding(field, `The classifier ${quote(text)} appears more than once.`, {
          remedy: safely({ kind: 'once', field: 'Classifier', value: text }),
        })
      }
      seen.add(text)
    }
  },
})
