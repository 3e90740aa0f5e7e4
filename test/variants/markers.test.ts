import { describe, expect, it } from 'vitest'
import type { MetadataField } from '../../src/distribution/metadata.js'
import { testPlace, variantTests } from '../../src/views/variant-markers.js'

const field = (value: string): MetadataField => ({
  member: 'METADATA',
  line: 1,
  column: 1,
  field: 'Requires-Dist',
  writtenName: 'Requires-Dist',
  value,
  utf8: true,
  bad: undefined,
  known: true,
})

describe('the variables of variants in a marker', () => {
  it('are found with their operator and literal', () => {
    expect(variantTests(field('a>=1; "x :: y" in variant_features'))).toEqual([
      { variable: 'variant_features', operator: 'in', literal: 'x :: y', reversed: true, start: 6, end: 34 },
    ])
    expect(variantTests(field("a; variant_label != 'null'"))).toEqual([
      { variable: 'variant_label', operator: '!=', literal: 'null', reversed: false, start: 3, end: 26 },
    ])
  })

  it('are found among other comparisons, in parentheses and after `not in`', () => {
    const text =
      'a; python_version > "3" and ("x" not in variant_namespaces or (os_name == "nt" and variant_label == ""))'
    expect(variantTests(field(text))?.map(test => testPlace(field(text), test).mark)).toEqual([
      '"x" not in variant_namespaces',
      'variant_label == ""',
    ])
  })

  it('are found after the URL of a direct reference', () => {
    expect(variantTests(field('a @ https://x.org/a;b.whl ; variant_label == "v3"'))).toHaveLength(1)
  })

  it('are none inside of quotes, nor where the requirement is not valid for other reasons', () => {
    expect(variantTests(field('a; os_name == "variant_label"'))).toBeUndefined()
    expect(variantTests(field('a =>1; variant_label == "v3"'))).toBeUndefined()
    expect(variantTests(field('a; variant_label "v3"'))).toBeUndefined()
    expect(variantTests(field('a; variant_colour == "v3"'))).toBeUndefined()
  })
})
