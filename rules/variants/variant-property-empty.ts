import { finding, quote, rule } from '../../src/rule.js'
import { documentOf, PEP_825, PROVIDER, pep825, V3, variantExample, withProviders } from './_variants.js'

export default rule({
  id: 'variant-property-empty',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 825 (draft), "Variants"',
  url: PEP_825,
  summary: 'A namespace of a variant has no features, or a feature has no values.',
  why: 'It has no meaning, and tools that compare the tables see two different variants.',
  fix: 'Remove the empty table, or add the intended feature.',
  bad: [
    variantExample('x86_64_v3', pep825({ x86_64_v3: { ...V3, blas: {} } }, ['x86_64', 'blas'])),
    variantExample('null', pep825({ null: { x86_64: {} } })),
    variantExample(
      'x86_64_v3',
      withProviders('variantlib', { x86_64_v3: { x86_64: { level: ['v3'], sse: [] } } }, PROVIDER),
    ),
  ],
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
  *check(subject) {
    const document = documentOf(subject)
    for (const { label, namespaces, properties, sound } of document?.entries ?? []) {
      // No property at all, under a label other than `null`, is the more severe problem.
      if (!sound || (properties.length === 0 && label.value !== 'null')) continue
      for (const { at, features } of namespaces) {
        if (features.length === 0)
          yield finding(at, `The namespace ${quote(at.value)} of ${quote(label.value)} does not have any features.`)
        for (const feature of features)
          if (feature.values.length === 0)
            yield finding(
              feature.at,
              `The feature ${quote(`${at.value} :: ${feature.at.value}`)} of ${quote(label.value)} does not have any values.`,
            )
      }
    }
  },
})
