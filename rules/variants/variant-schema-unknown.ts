import { finding, quote, rule } from '../../src/rule.js'
import { documentOf, indexExample, PEP_825, pep825, V3, variantExample } from './_variants.js'

const OTHER = pep825({ x86_64_v3: V3 }, ['x86_64'], { $schema: 'https://packaging.python.org/variants/v2.0.0.json' })

export default rule({
  id: 'variant-schema-unknown',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Variant metadata"',
  url: PEP_825,
  summary: '`$schema` does not name a known format of variant metadata.',
  why: 'Tools must refuse a version of the metadata that they do not support. distaudit checked only what all formats have in common.',
  fix: 'Write the `$schema` of PEP 825, PEP 817 or variantlib, as the tool that writes the file does.',
  bad: [variantExample('x86_64_v3', OTHER), indexExample(OTHER)],
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
  *check(subject) {
    const document = documentOf(subject)
    if (document?.schema && document.profile === undefined)
      yield finding(
        document.schema,
        `$schema is ${quote(document.schema.value)}, which is not a known format of variant metadata.`,
      )
  },
})
