import { finding, quote, rule } from '../../src/rule.js'
import { documentOf, indexExample, NULL_LABEL, PEP_825, pep825, variantExample } from './_variants.js'

export default rule({
  id: 'variant-empty-not-null',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Variant label"; PEP 817 (draft), "Variant properties"',
  url: PEP_825,
  summary: 'A label other than `null` does not have any properties.',
  why: 'The variant without properties is `null`, and each set of properties has one label. variantlib refuses the file.',
  breaks: 'variantlib refuses the metadata, and no variants file can be generated for the release.',
  fix: 'Name the variant `null`, or add its properties.',
  bad: [variantExample('cpu', pep825({ cpu: {} })), indexExample(pep825({ cpu: { x86_64: {} } }))],
  good: [variantExample('null', pep825({ null: {} })), indexExample(pep825({ null: {} }))],
  *check(subject) {
    for (const { label, properties, sound } of documentOf(subject)?.entries ?? [])
      if (sound && label.value !== NULL_LABEL && properties.length === 0)
        yield finding(label, `The label ${quote(label.value)} does not have any properties. Only 'null' may have none.`)
  },
})
