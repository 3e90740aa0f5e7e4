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
  summary: 'Metadata-Version is published, but PyPI does not accept it yet.',
  why: 'PyPI keeps a list of its own. A version it does not have passes twine check and is then refused at the upload.',
  fix: 'Build with a backend, or an option of it, that writes Metadata-Version 2.5 or lower.',
  pypiMessage: "'2.6' is not a valid metadata version",
  bad: { wheel: { metadata: { 'Metadata-Version': '2.6' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5' } } },
  *check({ metadata }) {
    const field = metadata?.first('Metadata-Version')
    const { versions, date } = PYPI_METADATA_VERSIONS
    if (!field || !METADATA_VERSIONS.includes(field.value) || versions.has(field.value)) return
    yield finding(
      field,
      `Metadata-Version is ${field.value}; PyPI's list (as of ${date}) ends at ${[...versions].at(-1)}.`,
    )
  },
})
