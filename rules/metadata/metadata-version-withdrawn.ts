import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'metadata-version-withdrawn',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'none',
  source: 'PEP 426 (withdrawn)',
  url: 'https://peps.python.org/pep-0426/',
  summary: 'Metadata-Version is 2.0, which was never adopted.',
  why: 'Old releases of wheel wrote 2.0, from a draft that was withdrawn. twine and PyPI have rejected it since December 2024.',
  fix: 'Build the wheel again with wheel 0.31 or later; setuptools since 70.1 needs no wheel at all.',
  pypiMessage: "'2.0' is not a valid metadata version",
  bad: { wheel: { metadata: { 'Metadata-Version': '2.0' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null } } },
  *check({ metadata }) {
    const field = metadata?.first('Metadata-Version')
    if (field?.value !== '2.0') return
    yield finding(field, 'Metadata-Version is 2.0, a withdrawn draft; the version after 1.2 is 2.1.')
  },
})
