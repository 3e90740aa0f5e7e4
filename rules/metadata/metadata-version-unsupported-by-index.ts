import { finding, rule } from '../../src/rule.js'
import { METADATA_VERSIONS, PYPI_METADATA_VERSIONS } from '../../src/standards/core-metadata.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'metadata-version-unsupported-by-index',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, metadata versions; core metadata specification, "Metadata-Version"',
  url: coreMetadata('metadata-version'),
  summary: 'PyPI does not support this Metadata-Version yet.',
  why: 'PyPI has its own list of supported versions. A version that is not in the list passes `twine check`, but PyPI rejects the upload.',
  fix: 'Build with a backend, or a backend option, that writes Metadata-Version 2.5 or lower.',
  pypiMessage: "'2.6' is not a valid metadata version",
  bad: { wheel: { metadata: { 'Metadata-Version': '2.6' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5' } } },
  *check({ metadata }) {
    const field = metadata?.first('Metadata-Version')
    const { versions, date } = PYPI_METADATA_VERSIONS
    if (!field || !METADATA_VERSIONS.includes(field.value) || versions.has(field.value)) return
    yield finding(
      field,
      `Metadata-Version is ${field.value}; the newest version that PyPI supports is ${[...versions].at(-1)} (as of ${date}).`,
    )
  },
})
