import { finding, rule } from '../../src/rule.js'
import { testPlace, variantTests } from '../../src/views/variant-markers.js'
import { plural } from '../../src/wording.js'
import { labelOf, PEP_825, pep825, V3, variantFile } from './_variants.js'

const MARKED = { metadata: { 'Requires-Dist': 'attrs; "x86_64" in variant_namespaces' } }

export default rule({
  id: 'variant-marker-without-variants',
  topic: 'variants',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 825 (draft), "Environment markers"',
  url: PEP_825,
  summary: 'A dependency depends on the variant, but the release does not have variant wheels.',
  why: 'The marker always has the same value, because there is no label and there are no properties.',
  fix: 'Remove the marker, or the dependency.',
  bad: { release: [{ wheel: MARKED }], alsoGives: ['requirement-invalid'] },
  good: {
    release: [{ wheel: variantFile('x86_64_v3', pep825({ x86_64_v3: V3 }), MARKED) }],
    alsoGives: ['variant-pypi-unsupported'],
  },
  ofLoneWheel: true,
  *check({ distributions, wheels }) {
    if (wheels.some(wheel => labelOf(wheel) !== undefined)) return
    for (const { path, metadata } of distributions) {
      const fields = (metadata?.all('Requires-Dist') ?? []).filter(field => variantTests(field))
      const [first] = fields
      const test = first && variantTests(first)?.[0]
      if (first && test)
        yield finding(
          testPlace(first, test),
          `${plural(fields.length, 'dependency', 'dependencies')} ${fields.length === 1 ? 'depends' : 'depend'} on the variant, but none of the files is a variant wheel.`,
          {
            path,
            subject: 'variant markers',
          },
        )
    }
  },
})
