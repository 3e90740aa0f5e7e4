import { finding, rule } from '../../src/rule.js'
import { fileNamePart, normalVersion } from '../../src/views/dist-info.js'
import { namePlace } from '../../src/views/tags.js'
import { labelOf, PEP_825, pep825, releaseExample, V3 } from './_variants.js'

export default rule({
  id: 'variants-json-missing',
  topic: 'variants',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'MAY',
  source: 'PEP 825 (draft), "Index-level metadata"',
  url: PEP_825,
  summary: 'A release with variant wheels does not have its `{name}-{version}-variants.json`.',
  why: 'The index needs the file. Some indexes generate it from the wheels, others expect it to be uploaded.',
  fix: 'Generate it with `distaudit variants-json DIR` if the index does not.',
  absence: 'file',
  bad: releaseExample([['x86_64_v3', pep825({ x86_64_v3: V3 })]]),
  good: releaseExample([['x86_64_v3', pep825({ x86_64_v3: V3 })]], pep825({ x86_64_v3: V3 })),
  ofLoneWheel: true,
  *check({ name, version, wheels, variantsJson }) {
    const first = wheels.find(wheel => labelOf(wheel) !== undefined)
    if (first && variantsJson.length === 0)
      yield finding(
        namePlace(first, 'variant', { field: 'variants' }),
        `The release has variant wheels, but ${fileNamePart(name)}-${normalVersion(version)}-variants.json is missing.`,
        { path: first.path, subject: 'variants.json' },
      )
  },
})
