import { finding, quote, rule } from '../../src/rule.js'
import { documentOf, indexExample, PEP_825, pep825, variantExample } from './_variants.js'

const TWICE = pep825({ x86_64_v3: { x86_64: { level: ['v3', 'v3'] } } })

export default rule({
  id: 'variant-values-duplicate',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 and PEP 817 (drafts), JSON schema; variantlib 0.2.2',
  url: PEP_825,
  summary: 'A variant feature lists the same value twice.',
  why: 'The values are a set, and tools refuse the metadata.',
  breaks: 'uv and variantlib refuse the metadata, so the wheel is not installed as a variant.',
  fix: 'Write each value once.',
  bad: [variantExample('x86_64_v3', TWICE), indexExample(TWICE)],
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: { x86_64: { level: ['v2', 'v3'] } } })),
  *check(subject) {
    for (const { namespaces } of documentOf(subject)?.entries ?? [])
      for (const { at, features } of namespaces)
        for (const feature of features) {
          const seen = new Set<string>()
          for (const value of feature.values) {
            if (seen.has(value.value))
              yield finding(
                value,
                `${quote(`${at.value} :: ${feature.at.value}`)} contains the value ${quote(value.value)} twice.`,
              )
            seen.add(value.value)
          }
        }
  },
})
