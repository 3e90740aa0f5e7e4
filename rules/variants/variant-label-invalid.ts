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
  summary: 'The variant label in the file name is invalid.',
  why: 'Tools that support variants do not recognize the file as a wheel.',
  breaks: 'uv refuses the file name, and other tools do not recognize the file as a wheel.',
  fix: 'Use only 0-9, a-z, _ and . in the label.',
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
        : `The variant label ${quote(label)} contains characters other than 0-9, a-z, _ and .`,
    )
  },
})
