import { finding, quote, rule } from '../../src/rule.js'
import { namePlace } from '../../src/views/tags.js'
import { labelOf, PEP_825, pep825, V3, variantExample } from './_variants.js'

export default rule({
  id: 'variant-json-missing',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Variant wheel"; PEP 817 (draft), "Variant metadata"',
  url: PEP_825,
  summary: 'The file name has a variant label, and the wheel has no variant.json.',
  why: 'No tool can tell what the label stands for, so none selects the wheel.',
  breaks: 'uv refuses the wheel, and no other tool selects it.',
  fix: 'Build the variant with a tool that writes variant.json, or leave the label out of the file name.',
  absence: 'member',
  bad: variantExample('x86_64_v3', null),
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
  *check(wheel) {
    const label = labelOf(wheel)
    if (label === undefined || wheel.distInfo === undefined || wheel.members.has(`${wheel.distInfo}/variant.json`))
      return
    yield finding(
      namePlace(wheel, 'variant', { field: 'variants', value: label }),
      `The file name has the variant label ${quote(label)}, and there is no ${wheel.distInfo}/variant.json.`,
    )
  },
})
