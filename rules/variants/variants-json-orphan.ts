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
  summary: 'An index-level variants file comes without any variant wheel.',
  why: 'What it says cannot be compared with the wheels; where the release has none, the file has no use.',
  fix: 'Audit the file together with the wheels, or remove it.',
  absence: 'file',
  bad: indexExample(pep825({ x86_64_v3: V3 })),
  good: releaseExample([['x86_64_v3', pep825({ x86_64_v3: V3 })]], pep825({ x86_64_v3: V3 })),
  *check({ wheels, variantsJson }) {
    if (wheels.some(wheel => labelOf(wheel) !== undefined)) return
    for (const { path } of variantsJson)
      yield finding({ field: 'variants' }, 'No variant wheel of the release is given with this file.', {
        path,
        subject: 'variants.json',
      })
  },
})
