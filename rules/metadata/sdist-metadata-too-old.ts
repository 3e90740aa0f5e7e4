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
  summary: 'An sdist with pyproject.toml has metadata from before version 2.2.',
  why: 'Such metadata promises nothing, so resolvers must build the sdist to learn what it requires.',
  fix: 'Build with a current backend.',
  bad: { sdist: { metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null } } },
  good: { sdist: { metadata: { 'Metadata-Version': '2.4' } } },
  *check({ metadata, pyproject }) {
    const field = metadata?.first('Metadata-Version')
    if (!field || !pyproject || (compareMetadataVersions(field.value, '2.2') ?? 0) >= 0) return
    yield finding(field, `Metadata-Version is ${quote(field.value)}; an sdist with pyproject.toml has 2.2 or higher.`)
  },
})
