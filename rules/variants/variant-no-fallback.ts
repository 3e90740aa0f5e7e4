import { finding, rule } from '../../src/rule.js'
import { namePlace } from '../../src/views/tags.js'
import { labelOf, NULL_LABEL, PEP_825, pep825, releaseExample, V3 } from './_variants.js'

const V3_WHEEL = ['x86_64_v3', pep825({ x86_64_v3: V3 })] as const

export default rule({
  id: 'variant-no-fallback',
  topic: 'variants',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 825 (draft), "Variant label" and "Backwards Compatibility"',
  url: PEP_825,
  summary: 'A release consists only of variant wheels, and none of them works on every system.',
  why: 'Installers that do not support variants find no file, and neither do systems that no variant supports.',
  fix: 'Add a plain wheel or an sdist, and possibly a null variant.',
  absence: 'file',
  bad: releaseExample([V3_WHEEL]),
  good: [
    releaseExample([V3_WHEEL, ['null', pep825({ null: {} })]]),
    releaseExample([V3_WHEEL], undefined, [{ wheel: {} }]),
    releaseExample([V3_WHEEL], undefined, [{ sdist: {} }]),
  ],
  ofLoneWheel: true,
  *check({ wheels, sdists }) {
    const [first] = wheels
    if (!first || sdists.length > 0) return
    if (wheels.some(wheel => labelOf(wheel) === undefined || labelOf(wheel) === NULL_LABEL)) return
    yield finding(
      namePlace(first, 'variant', { field: 'variants' }),
      'All wheels have variant labels, none is the null variant, and there is no sdist.',
      {
        path: first.path,
        subject: 'fallback',
      },
    )
  },
})
