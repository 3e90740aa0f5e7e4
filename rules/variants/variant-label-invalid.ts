import { finding, quote, rule } from '../../src/rule.js'
import { namePlace } from '../../src/views/tags.js'
import { LABEL, labelOf, PEP_825, pep825, V3, variantExample } from './_variants.js'

export default rule({
  id: 'variant-label-invalid',
  topic: 'variants',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 and PEP 817 (drafts), variant label',
  url: PEP_825,
  summary: 'The variant label in the file name is not valid.',
  why: 'Tools that know variants do not take the file for a wheel.',
  breaks: 'uv refuses the file name, and others do not take the file for a wheel.',
  fix: 'Use a label of 0-9, a-z, _ and . only.',
  bad: {
    ...variantExample('X86_v3', pep825({ x86_v3: V3 })),
    alsoGives: ['variant-pypi-unsupported', 'variant-json-label-mismatch'],
  },
  good: variantExample('x86_v3', pep825({ x86_v3: V3 })),
  *check(wheel) {
    const label = labelOf(wheel)
    if (label === undefined || LABEL.test(label)) return
    yield finding(
      namePlace(wheel, 'variant', { field: 'variants', value: label }),
      label === ''
        ? 'The variant label in the file name is empty.'
        : `The variant label ${quote(label)} has other characters than 0-9, a-z, _ and .`,
    )
  },
})
