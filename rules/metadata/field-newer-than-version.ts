import type { MetadataField } from '../../src/distribution/metadata.js'
import { nameOf } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { compareMetadataVersions, coreField } from '../../src/standards/core-metadata.js'
import { list } from '../../src/wording.js'
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
    { wheel: { metadata: { 'Metadata-Version': '2.1', Dynamic: 'License-File' } } },
  ],
  good: { wheel: { metadata: { 'Metadata-Version': '2.4', 'License-Expression': 'MIT' } } },
  *check({ metadata }) {
    const declared = metadata?.first('Metadata-Version')?.value
    if (!metadata || declared === undefined) return
    const newer = new Map<string, MetadataField>()
    for (const field of metadata.fields) {
      const row = coreField(field.field)
      if (row && !newer.has(row.name) && (compareMetadataVersions(row.since, declared) ?? 0) > 0)
        newer.set(row.name, field)
    }
    // twine leaves it out, so others are refused first.
    const names = [...newer.keys()].sort((a, b) => Number(a === 'License-File') - Number(b === 'License-File'))
    const [first = ''] = names
    const at = newer.get(first)
    if (!at) return
    const since = names.flatMap(name => coreField(name)?.since ?? [])
    const needs = since.every(one => one === since[0])
      ? `${list(names)} ${names.length === 1 ? 'requires' : 'require'} Metadata-Version ${since[0]}`
      : list(names.map((name, index) => `${name} requires Metadata-Version ${since[index]}`))
    const text = `${needs}, but the file declares ${declared}.`
    if (first !== 'License-File') {
      yield finding(nameOf(at), text)
      return
    }
    yield finding(
      nameOf(at),
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
  },
})
