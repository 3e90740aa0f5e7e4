import type { ExampleFile } from '../../src/example.js'
import { finding, quote, rule } from '../../src/rule.js'
import { compareMetadataVersions } from '../../src/standards/core-metadata.js'
import { coreMetadata } from '../shared/specifications.js'

/** What each backend needs for it; some choose the version by the fields. */
const OF_BACKEND: Readonly<Record<string, string>> = {
  setuptools: 'Build with setuptools 75.8 or later, which writes Metadata-Version 2.2 or later.',
  'pdm-backend':
    'Set `license` in `[project]` to an SPDX expression: pdm-backend 2.4 and later then writes Metadata-Version 2.4.',
  // pyproject-metadata chooses the version by the fields, and writes 2.1 where nothing of 2.2 or later is there.
  'meson-python':
    'Set `license` in `[project]` to an SPDX expression: a current meson-python then writes Metadata-Version 2.4.',
  'scikit-build-core':
    'Set `license` in `[project]` to an SPDX expression: a current scikit-build-core then writes Metadata-Version 2.4.',
  'flit-core': 'Build with flit_core 3.10 or later, which writes Metadata-Version 2.3 or later.',
  hatchling: 'Build with hatchling 1.22 or later, which writes Metadata-Version 2.2 or later.',
  'poetry-core': 'Build with poetry-core 2.0 or later, which writes Metadata-Version 2.3 or later.',
}

const OLD: ExampleFile = {
  metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null },
}

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
  why: 'Before 2.2, the metadata does not say which fields are static, so resolvers must build the sdist to find out what it requires. If the release has a wheel for every platform, they do not have to, and the finding is info.',
  fix: ({ backend }) =>
    OF_BACKEND[backend ?? ''] ?? 'Build with a version of the backend that writes Metadata-Version 2.2 or later.',
  byHand: 'The build backend writes it: another version of it helps, not a key of the project.',
  needs: ['pyproject'],
  bad: [{ sdist: OLD }, { release: [{ sdist: OLD }, { wheel: {} }] }],
  good: { sdist: { metadata: { 'Metadata-Version': '2.4' } } },
  *check({ metadata, pyproject, hasUniversalWheel }) {
    const field = metadata?.first('Metadata-Version')
    if (!field || !pyproject || (compareMetadataVersions(field.value, '2.2') ?? 0) >= 0) return
    yield finding(
      field,
      `Metadata-Version is ${quote(field.value)}; an sdist with pyproject.toml needs 2.2 or higher.`,
      {
        severity: hasUniversalWheel ? 'info' : undefined,
      },
    )
  },
})
