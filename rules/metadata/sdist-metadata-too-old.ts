import { finding, quote, rule } from '../../src/rule.js'
import { compareMetadataVersions } from '../../src/standards/core-metadata.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'sdist-metadata-too-old',
  topic: 'metadata',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Source distribution format specification, "Source distribution file format"; PEP 643',
  url: coreMetadata('metadata-version'),
  summary: 'The Metadata-Version of an sdist with pyproject.toml is lower than 2.2.',
  why: 'Before 2.2, the metadata does not say which fields are static, so resolvers must build the sdist to find out what it requires.',
  fix: 'Rebuild with a current version of the build backend.',
  bad: { sdist: { metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null } } },
  good: { sdist: { metadata: { 'Metadata-Version': '2.4' } } },
  *check({ metadata, pyproject }) {
    const field = metadata?.first('Metadata-Version')
    if (!field || !pyproject || (compareMetadataVersions(field.value, '2.2') ?? 0) >= 0) return
    yield finding(field, `Metadata-Version is ${quote(field.value)}; an sdist with pyproject.toml needs 2.2 or higher.`)
  },
})
