import { finding, quote, rule } from '../../src/rule.js'
import { documentOf, indexExample, PEP_825, PROVIDER, pep825, variantExample, withProviders } from './_variants.js'

const VARIANTS = { x86_64_v3: { x86_64: { level: ['v3', 'v2'] } } }
const UNSORTED = pep825(VARIANTS)

export default rule({
  id: 'variant-values-unsorted',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Variants"',
  url: PEP_825,
  summary: 'The values of a variant feature are not sorted.',
  why: 'The values are a set. Tools that compare the tables of two files see different variants.',
  fix: 'Sort the values by code point.',
  bad: [
    variantExample('x86_64_v3', UNSORTED),
    indexExample(UNSORTED),
    variantExample('x86_64_v3', withProviders('pep817', VARIANTS, PROVIDER)),
  ],
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: { x86_64: { level: ['v2', 'v3'] } } })),
  *check(subject) {
    const document = documentOf(subject)
    for (const { namespaces } of document?.entries ?? [])
      for (const { at, features } of namespaces)
        for (const feature of features) {
          const index = feature.values.findIndex(
            ({ value }, i) => i > 0 && value < (feature.values[i - 1]?.value ?? ''),
          )
          const value = feature.values[index]
          if (value)
            yield finding(
              value,
              `The values of ${quote(`${at.value} :: ${feature.at.value}`)} are not sorted: ${quote(value.value)} comes after ${quote(feature.values[index - 1]?.value ?? '')}.`,
              // PEP 817 does not require an order, and variantlib sorts what it reads.
              document?.profile === 'pep817' || document?.profile === 'variantlib' ? { severity: 'info' } : undefined,
            )
        }
  },
})
