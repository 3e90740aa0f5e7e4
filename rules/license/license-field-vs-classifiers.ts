import { finding, quote, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { classifierFamily, textFamily } from '../../src/views/licenses.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-field-vs-classifiers',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "License" and "Classifier"; PEP 639',
  url: coreMetadata('license'),
  summary: 'License and the classifiers name different licenses.',
  why: 'The license that a tool reports depends on which of the two it reads.',
  fix: project =>
    `State the license once: set ${project.key('License-Expression')} to an SPDX expression, and delete the \`License ::\` classifiers.`,
  precision: 'high',
  bad: {
    wheel: {
      metadata: { 'License-Expression': null, License: 'MIT', Classifier: 'License :: OSI Approved :: BSD License' },
    },
  },
  good: {
    wheel: {
      metadata: { 'License-Expression': null, License: 'MIT', Classifier: 'License :: OSI Approved :: MIT License' },
    },
  },
  *check({ metadata }) {
    if (!metadata) return
    // With an expression, no license classifier is allowed: license-expression-with-classifier reports it.
    if (given(metadata, 'License-Expression').length > 0) return
    const [field] = given(metadata, 'License')
    const stated = field && textFamily(field.value)
    if (!field || stated === undefined) return
    const named = metadata.all('Classifier').flatMap(({ value }) => classifierFamily(value) ?? [])
    if (named.length === 0 || named.includes(stated)) return
    const classifier = metadata.all('Classifier').find(({ value }) => classifierFamily(value) !== undefined)
    yield finding(
      field,
      `${field.field} is ${quote(field.value)}, but the classifier is ${quote(classifier?.value ?? '')}.`,
      {
        related: classifier && [{ ...classifier, message: 'The classifier' }],
      },
    )
  },
})
