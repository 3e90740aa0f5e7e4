import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { PEP_825 } from './_variants.js'

const EARLY = /^variant(?:-|$)/i

export default rule({
  id: 'variant-metadata-field',
  topic: 'variants',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 825 (draft), "Variant metadata"; variantlib before 2025-06-04',
  url: PEP_825,
  summary: 'METADATA or WHEEL contains an entry of an early variantlib.',
  why: 'No tool reads it anymore. Only variant.json describes variants.',
  fix: 'Rebuild the variant with a recent tool.',
  bad: [
    { wheel: { metadata: { 'Variant-Hash': 'fa7c1393' } }, alsoGives: ['metadata-field-unknown'] },
    { wheel: { wheel: { Variant: 'x86_64 :: level :: v3' } } },
  ],
  good: { wheel: {} },
  *check(subject) {
    for (const field of subject.metadata?.fields ?? [])
      if (EARLY.test(field.writtenName))
        yield finding(
          nameOf(field),
          `${quote(field.writtenName)} in ${subject.kind === 'wheel' ? 'METADATA' : 'PKG-INFO'} is a leftover from an early variantlib; nothing reads it.`,
        )
    if (subject.kind !== 'wheel') return
    for (const field of subject.wheelFile?.fields ?? [])
      if (EARLY.test(field.field))
        yield finding(
          nameOf(field),
          `${quote(field.field)} in WHEEL is a leftover from an early variantlib; nothing reads it.`,
        )
  },
})
