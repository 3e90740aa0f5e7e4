import { finding, rule } from '../../src/rule.js'
import { indexExample, labelOf, PEP_825, pep825, releaseExample, V3 } from './_variants.js'

export default rule({
  id: 'variants-json-orphan',
  topic: 'variants',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 825 (draft), "Index-level metadata"',
  url: PEP_825,
  summary: 'An index-level variants file is audited without any variant wheels.',
  why: 'It cannot be compared with the wheels. If the release does not have any variant wheels, the file is not needed.',
  fix: 'Audit the file together with the wheels, or remove it.',
  absence: 'file',
  bad: indexExample(pep825({ x86_64_v3: V3 })),
  good: releaseExample([['x86_64_v3', pep825({ x86_64_v3: V3 })]], pep825({ x86_64_v3: V3 })),
  *check({ wheels, variantsJson }) {
    if (wheels.some(wheel => labelOf(wheel) !== undefined)) return
    for (const { path } of variantsJson)
      yield finding({ field: 'variants' }, 'The variants file is audited without any variant wheels of the release.', {
        path,
        subject: 'variants.json',
      })
  },
})
