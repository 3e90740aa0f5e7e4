import { finding, quote, rule } from '../../src/rule.js'
import { testPlace, variantTests } from '../../src/views/variant-markers.js'
import { labelOf, PEP_825, pep825, V3, variantExample } from './_variants.js'

export default rule({
  id: 'variant-marker-unsupported',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 825 (draft), "Environment markers"; packaging.markers',
  url: PEP_825,
  summary: 'A dependency of a variant wheel uses a marker that released tools do not support.',
  why: 'pip treats the metadata as invalid and looks for another version. In a plain wheel or an sdist, PyPI rejects the line.',
  fix: 'Use variant markers only in variant wheels, and tell users which installer they need.',
  bad: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 }), {
    metadata: { 'Requires-Dist': 'attrs; "x86_64" in variant_namespaces' },
  }),
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
  *check(wheel) {
    if (labelOf(wheel) === undefined) return
    const fields = (wheel.metadata?.all('Requires-Dist') ?? []).filter(field => variantTests(field))
    const [first] = fields
    const test = first && variantTests(first)?.[0]
    if (!first || !test) return
    const { variable } = test
    const more = fields.length > 1 ? ` The wheel has ${fields.length} such dependencies.` : ''
    yield finding(
      testPlace(first, test),
      `${quote(first.value)} uses ${variable}, which released installers do not support.${more}`,
      {
        subject: 'variant markers',
      },
    )
  },
})
