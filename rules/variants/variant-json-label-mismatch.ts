import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { labelOf, PEP_825, pep825, V3, variantExample } from './_variants.js'

export default rule({
  id: 'variant-json-label-mismatch',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Variants"; PEP 817 (draft), "the packaged variant metadata file"',
  url: PEP_825,
  summary: 'variant.json does not describe exactly the label in the file name.',
  why: 'Tools that read the wheel cannot determine its properties and refuse it.',
  breaks: 'uv and variantlib refuse the metadata, so the wheel is not installed as a variant.',
  fix: 'Keep one entry in `variants`, with the label in the file name. Do not rename the file.',
  bad: [
    variantExample('x86_64_v3', pep825({ x86_64_v4: V3 })),
    variantExample('x86_64_v3', pep825({ x86_64_v3: V3, null: {} })),
    variantExample('x86_64_v3', pep825({})),
  ],
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
  *check(wheel) {
    const { variant } = wheel
    if (!variant?.root?.entries.has('variants') || variant.root.entries.get('variants')?.value.kind !== 'object') return
    const { entries } = variant
    const label = labelOf(wheel)
    const [first] = entries
    if (entries.length !== 1) {
      const at = variant.place(variant.root.entries.get('variants')?.value ?? variant.root)
      yield finding(
        at,
        `variant.json has ${plural(entries.length, 'entry', 'entries')} in 'variants'. Expected exactly one${label === undefined ? '' : `, ${quote(label)}`}.`,
      )
    } else if (first && label !== undefined && first.label.value !== label)
      yield finding(
        first.label,
        `variant.json is for the label ${quote(first.label.value)}, but the file name has ${quote(label)}.`,
      )
  },
})
