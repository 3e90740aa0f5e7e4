import { finding, quote, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'

export default rule({
  id: 'license-expression-with-classifier',
  topic: 'license',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 639, "Deprecate license classifiers"',
  url: 'https://peps.python.org/pep-0639/#deprecate-license-classifiers',
  summary: 'A licence classifier stands beside License-Expression.',
  why: 'The classifier is deprecated and may contradict the expression. setuptools, flit and others refuse to build the pair.',
  fix: 'Remove the `License ::` classifiers.',
  bad: { wheel: { metadata: { Classifier: 'License :: OSI Approved :: MIT License' } } },
  good: { wheel: { metadata: { Classifier: 'Programming Language :: Python :: 3' } } },
  *check({ metadata }) {
    const expression = metadata && given(metadata, 'License-Expression')[0]
    if (!expression) return
    const field = metadata.all('Classifier').find(({ value }) => value.startsWith('License ::'))
    if (field)
      yield finding(
        field,
        `The classifier ${quote(field.value)} stands beside License-Expression ${quote(expression.value)}, which says it all.`,
      )
  },
})
