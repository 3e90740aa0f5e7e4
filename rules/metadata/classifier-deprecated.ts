import { finding, quote, rule } from '../../src/rule.js'
import { CLASSIFIERS } from '../../src/standards/classifiers.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { replacing, safely } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'
import { stopsHatchling } from './_classifiers.js'

export default rule({
  id: 'classifier-deprecated',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, classifiers; core metadata specification, "Classifier"',
  url: coreMetadata('classifier'),
  summary: 'A classifier is deprecated.',
  why: 'PyPI rejects the file. hatchling stops the build.',
  fix: project => `Replace it under ${project.key('Classifier')} with the classifier that the message names.`,
  pypiMessage:
    "The classifier 'Natural Language :: Ukranian' has been deprecated, use one of ['Natural Language :: Ukrainian'] instead.",
  bad: { wheel: { metadata: { Classifier: 'Natural Language :: Ukranian' } } },
  good: { wheel: { metadata: { Classifier: 'Natural Language :: Ukrainian' } } },
  *check(subject) {
    const { metadata } = subject
    if (!metadata) return
    for (const field of uploaded(metadata, 'Classifier')) {
      const better = CLASSIFIERS.deprecated.get(field.value)
      if (better === undefined) continue
      const hint = better.length === 0 ? 'it has no replacement' : `use ${better.map(quote).join(' or ')}`
      yield finding(
        field,
        `The classifier ${quote(field.value)} is deprecated; ${hint} (list as of ${CLASSIFIERS.date}).${stopsHatchling(subject, field.value)}`,
        {
          remedy:
            better.length === 0
              ? safely({ kind: 'remove', field: 'Classifier', value: field.value })
              : replacing('Classifier', field.value, better[0], better.length === 1),
        },
      )
    }
  },
})
