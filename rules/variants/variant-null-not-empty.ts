import { finding, rule } from '../../src/rule.js'
import {
  documentOf,
  indexExample,
  NULL_LABEL,
  PEP_825,
  pep825,
  someProperties,
  V3,
  variantExample,
} from './_variants.js'

export default rule({
  id: 'variant-null-not-empty',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Variant label"; PEP 817 (draft), "Extended wheel filename"',
  url: PEP_825,
  summary: 'The label `null` has properties.',
  why: '`null` means no properties, so the wheel is installed on every system, even where it does not run.',
  breaks: 'uv and variantlib refuse the metadata. Other tools install the wheel where it does not run.',
  fix: 'Choose another label, or build the wheel without properties.',
  bad: [variantExample('null', pep825({ null: V3 })), indexExample(pep825({ null: V3 }))],
  good: variantExample('null', pep825({ null: {} })),
  *check(subject) {
    for (const { label, properties } of documentOf(subject)?.entries ?? [])
      if (label.value === NULL_LABEL && properties.length > 0)
        yield finding(label, `The label 'null' must not have properties, but has ${someProperties(properties)}.`)
  },
})
