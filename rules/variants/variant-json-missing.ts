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
  summary: 'The file name has a variant label, but the wheel does not have a variant.json.',
  why: 'Tools cannot determine what the label means, so they do not select the wheel.',
  breaks: 'uv refuses the wheel, and other tools do not select it.',
  fix: 'Build the variant with a tool that writes variant.json, or remove the label from the file name.',
  absence: 'member',
  bad: variantExample('x86_64_v3', null),
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
  *check(wheel) {
    const label = labelOf(wheel)
    if (label === undefined || wheel.distInfo === undefined || wheel.members.has(`${wheel.distInfo}/variant.json`))
      return
    yield finding(
      namePlace(wheel, 'variant', { field: 'variants', value: label }),
      `The file name has the variant label ${quote(label)}, but ${wheel.distInfo}/variant.json is missing.`,
    )
  },
})
