import { finding, quote, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'classifier-private',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI classifiers, "Private ::"; core metadata specification, "Classifier"',
  url: coreMetadata('classifier'),
  summary: 'A `Private ::` classifier keeps the project off PyPI.',
  why: 'That is its purpose: PyPI rejects every file with such a classifier, so nothing private is published by mistake.',
  fix: project =>
    `Do nothing if the project is private. To publish it on PyPI, remove the classifier from ${project.key('Classifier')}.`,
  pypiMessage: "'Private :: Do Not Upload' is not a valid classifier.",
  bad: { wheel: { metadata: { Classifier: 'Private :: Do Not Upload' } } },
  good: { wheel: { metadata: { Classifier: 'Programming Language :: Python :: 3' } } },
  *check({ metadata }) {
    if (!metadata) return
    const field = uploaded(metadata, 'Classifier').find(({ value }) => value.startsWith('Private ::'))
    if (field) yield finding(field, `The classifier ${quote(field.value)} makes PyPI reject the file, as intended.`)
  },
})
