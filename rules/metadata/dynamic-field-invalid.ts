import { finding, quote, rule } from '../../src/rule.js'
import { CORE_FIELDS, coreField } from '../../src/standards/core-metadata.js'
import { hinter } from '../shared/hints.js'
import { coreMetadata } from '../shared/specifications.js'

const FIX = 'List only core metadata fields, and never Name, Version or Metadata-Version.'
const NEVER = new Set(['name', 'version', 'metadata-version'])

export default rule({
  id: 'dynamic-field-invalid',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Dynamic"',
  url: coreMetadata('dynamic'),
  summary: 'Dynamic names a field that cannot be dynamic.',
  why: 'PyPI and twine reject the file.',
  fix: FIX,
  pypiMessage: "'version' is not allowed as a dynamic field / Dynamic field 'd' is not a valid dynamic field.",
  bad: { sdist: { metadata: { Dynamic: 'Version' } } },
  good: { sdist: { metadata: { Dynamic: 'Requires-Dist' }, pyproject: '[build-system]\nrequires = ["setuptools"]\n' } },
  *check({ metadata }) {
    const hint = hinter(() => CORE_FIELDS.map(row => row.name))
    for (const field of metadata?.all('Dynamic') ?? []) {
      const key = field.value.toLowerCase()
      if (NEVER.has(key)) yield finding(field, `Dynamic names ${quote(field.value)}, which must not be dynamic.`)
      else if (!coreField(key))
        yield finding(field, `Dynamic names ${quote(field.value)}, which is not a core metadata field.${hint(key)}`, {
          // hatchling writes the key where the field would belong.
          help: ({ backend }) =>
            backend === 'hatchling' && key === 'license-files'
              ? 'Remove `license-files` from `dynamic` in `[project]`: hatchling finds the usual names without it.'
              : FIX,
        })
      else if (key === 'dynamic')
        yield finding(field, 'Dynamic names itself, which PyPI rejects.', { enforcedBy: ['pypi'] })
    }
  },
})
