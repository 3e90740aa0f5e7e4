import { finding, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'metadata-version-missing',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Metadata-Version"',
  url: coreMetadata('metadata-version'),
  summary: 'The metadata has no Metadata-Version.',
  why: 'The field is required: twine does not even recognise the file as metadata, and PyPI refuses it.',
  fix: 'Let the build backend write the metadata, or add the field as the first line.',
  pypiMessage: 'None is not a valid metadata version',
  bad: { wheel: { metadata: { 'Metadata-Version': null } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null } } },
  *check({ metadata }) {
    if (!metadata || metadata.fields.length === 0 || metadata.first('Metadata-Version')) return
    const first = metadata.fields[0]
    yield finding(
      { member: metadata.member, line: first?.line ?? 1, field: 'Metadata-Version' },
      `${metadata.member} has no Metadata-Version; it begins with ${first?.writtenName ?? 'nothing'}.`,
    )
  },
})
