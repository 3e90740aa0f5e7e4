import { finding, rule } from '../../src/rule.js'
import { labelOf, PEP_825, pep825, V3, variantExample } from './_variants.js'

export default rule({
  id: 'variant-json-unexpected',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Variant label"',
  url: PEP_825,
  summary: 'The wheel has a variant.json, but its file name does not have a variant label.',
  why: 'Installers treat it as a wheel without variants and install it on systems that it was not built for.',
  fix: 'Restore the label in the file name, or remove variant.json and its row in RECORD.',
  bad: { wheel: { files: { '{dist-info}/variant.json': pep825({ x86_64_v3: V3 }) } } },
  good: variantExample('x86_64_v3', pep825({ x86_64_v3: V3 })),
  *check(wheel) {
    if (!wheel.variant || !wheel.name || labelOf(wheel) !== undefined) return
    const labels = wheel.variant.entries.map(({ label }) => `'${label.value}'`)
    yield finding(
      wheel.variant.entries[0]?.label
        ? { ...wheel.variant.entries[0].label, value: undefined }
        : { member: wheel.variant.member, field: 'variants' },
      `The file name does not have a variant label, but variant.json is for ${labels.length === 1 ? `the label ${labels[0]}` : 'a variant'}.`,
    )
  },
})
