import { nameOf } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { compareMetadataVersions, coreField } from '../../src/standards/core-metadata.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'field-newer-than-version',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'none',
  source: 'Core metadata specification, "Metadata-Version" and the version note of each field',
  url: coreMetadata('metadata-version'),
  summary: 'A field is newer than the declared Metadata-Version.',
  why: 'PyPI and twine reject the file; tools that go by the declared version ignore the field.',
  fix: 'Build with a backend that declares the Metadata-Version that its fields require.',
  pypiMessage: 'license-expression introduced in metadata version 2.4, not 2.3',
  bad: [
    { wheel: { metadata: { 'Metadata-Version': '2.3', 'License-Expression': 'MIT', 'License-File': null } } },
    { wheel: { metadata: { 'Metadata-Version': '2.3', 'License-Expression': null } } },
  ],
  good: { wheel: { metadata: { 'Metadata-Version': '2.4', 'License-Expression': 'MIT' } } },
  *check({ metadata }) {
    const declared = metadata?.first('Metadata-Version')?.value
    if (!metadata || declared === undefined) return
    const seen = new Set<string>()
    for (const field of metadata.fields) {
      const row = coreField(field.field)
      if (!row || seen.has(row.name)) continue
      seen.add(row.name)
      if ((compareMetadataVersions(row.since, declared) ?? 0) <= 0) continue
      const text = `${row.name} requires Metadata-Version ${row.since}, but the file declares ${declared}.`
      if (row.name === 'License-File') {
        yield finding(
          nameOf(field),
          `${text} twine drops the field; uv, hatch and poetry send it, and PyPI then rejects the file.`,
          {
            severity: 'warning',
            enforcedBy: ['packaging'],
            help: ({ backend }) =>
              backend === 'setuptools'
                ? 'Build with setuptools 77 or later, which writes Metadata-Version 2.4.'
                : 'Build with a backend that declares the Metadata-Version that its fields require.',
          },
        )
      } else yield finding(nameOf(field), text)
    }
  },
})
