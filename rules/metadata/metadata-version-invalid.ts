import { finding, quote, rule } from '../../src/rule.js'
import { METADATA_VERSIONS } from '../../src/standards/core-metadata.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'metadata-version-invalid',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Metadata-Version"',
  url: coreMetadata('metadata-version'),
  summary: 'Metadata-Version is not a version that exists.',
  why: 'The value must be exactly one of the published versions. twine and PyPI reject any other text, including extra whitespace.',
  fix: 'Let the build backend write the field; 2.4 is right for most projects.',
  pypiMessage: "'1.3' is not a valid metadata version",
  bad: { wheel: { metadata: { 'Metadata-Version': '1.3' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.4' } } },
  *check({ metadata }) {
    const field = metadata?.first('Metadata-Version')
    if (!field || METADATA_VERSIONS.includes(field.value) || field.value === '2.0') return
    if (/^(?:2\.(?:[7-9]|[1-9][0-9]+)|(?:[3-9]|[1-9][0-9]+)\.[0-9]+)$/.test(field.value)) return
    const trimmed = field.value.trim()
    const stray =
      trimmed !== field.value && METADATA_VERSIONS.includes(trimmed) ? ' Remove the trailing whitespace.' : ''
    yield finding(
      field,
      `Metadata-Version is ${quote(field.value)}; it must be exactly one of ${METADATA_VERSIONS.join(', ')}.${stray}`,
    )
  },
})
