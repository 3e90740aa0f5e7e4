import { finding, quote, rule } from '../../src/rule.js'
import { CLASSIFIERS } from '../../src/standards/classifiers.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { hinter } from '../shared/hints.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'classifier-unknown',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, classifiers; core metadata specification, "Classifier"',
  url: coreMetadata('classifier'),
  summary: 'A classifier is not in the list.',
  why: 'PyPI refuses the file. Case and blanks count.',
  fix: 'Take the classifier from https://pypi.org/classifiers/, or remove it.',
  pypiMessage: "'Programming Language :: Python3' is not a valid classifier.",
  bad: { wheel: { metadata: { Classifier: 'Programming Language :: Python3' } } },
  good: { wheel: { metadata: { Classifier: 'Programming Language :: Python :: 3' } } },
  *check({ metadata }) {
    if (!metadata) return
    const hint = hinter(() => CLASSIFIERS.all)
    for (const field of uploaded(metadata, 'Classifier')) {
      const { value } = field
      if (CLASSIFIERS.all.has(value) || CLASSIFIERS.deprecated.has(value) || value.startsWith('Private ::')) continue
      yield finding(
        field,
        `The classifier ${quote(value)} is not in the list (as of ${CLASSIFIERS.date}).${hint(value)}`,
      )
    }
  },
})
