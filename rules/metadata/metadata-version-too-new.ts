import { finding, quote, rule } from '../../src/rule.js'
import { METADATA_VERSIONS } from '../../src/standards/core-metadata.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'metadata-version-too-new',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Metadata-Version"',
  url: coreMetadata('metadata-version'),
  summary: 'Metadata-Version is higher than any version that exists.',
  why: 'Installers must fail on a higher major version, and twine and PyPI reject every version that they do not know.',
  fix: 'Build with a backend that writes a published version.',
  pypiMessage: "'3.0' is not a valid metadata version",
  bad: { wheel: { metadata: { 'Metadata-Version': '3.0' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5' } } },
  *check({ metadata }) {
    const field = metadata?.first('Metadata-Version')
    const parts = field && /^([0-9]{1,6})\.([0-9]{1,6})$/.exec(field.value)
    if (!field || !parts || METADATA_VERSIONS.includes(field.value)) return
    const major = Number(parts[1])
    if (String(major) !== parts[1] || major < 2 || (major === 2 && Number(parts[2]) < 7)) return
    yield finding(
      field,
      `Metadata-Version is ${quote(field.value)}; the newest published version is ${METADATA_VERSIONS.at(-1)}.`,
    )
  },
})
