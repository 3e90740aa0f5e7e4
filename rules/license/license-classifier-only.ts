import { finding, quote, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { licenseRemedy } from '../../src/views/license-remedy.js'
import { AMBIGUOUS_CLASSIFIERS, CLASSIFIER_EXPRESSIONS } from '../../src/views/licenses.js'
import { coreMetadata } from '../shared/specifications.js'
import { stateLicense } from './_advice.js'

export default rule({
  id: 'license-classifier-only',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 639, "Deprecate license classifiers"',
  url: coreMetadata('license-expression'),
  summary: 'Only a classifier names the license.',
  why: 'License classifiers are deprecated, and some of them do not identify the exact license.',
  fix: project =>
    `Set ${project.key('License-Expression')} to an SPDX expression, and delete \`License ::\` classifiers: setuptools, flit and pdm refuse to build both.`,
  needs: ['license-texts'],
  bad: {
    wheel: { metadata: { 'License-Expression': null, Classifier: 'License :: OSI Approved :: MIT License' } },
  },
  good: { wheel: { metadata: { 'License-Expression': 'MIT' } } },
  misses: ['License', 'License-Expression'],
  *check(subject) {
    const { metadata } = subject
    if (!metadata?.atLeast('2.4')) return
    if (given(metadata, 'License-Expression').length > 0 || given(metadata, 'License').length > 0) return
    const field = metadata.all('Classifier').find(({ value }) => value.startsWith('License ::'))
    if (!field) return
    const expression = CLASSIFIER_EXPRESSIONS.get(field.value)
    const more = AMBIGUOUS_CLASSIFIERS.has(field.value) ? ' It does not identify the version or variant.' : ''
    yield finding(field, `Only the classifier ${quote(field.value)} names the license.${more}`, {
      remedy: licenseRemedy(subject, {}),
      help: stateLicense({ subject, expression, named: field.value }),
    })
  },
})
