import type { Report } from './zip-extra.js'
import { ONES32, u64 } from './zip-records.js'

/** What the plain fields of a record say of its content, and a central one of its place. */
export interface Sizes {
  size: number
  compressedSize: number
  offset: number
}

/** The order of the values in the field: one for each plain field that is all ones. */
const NAMES = ['size', 'compressedSize', 'offset'] as const

/** What 64 bits of ones are as a number here. */
const ONES64 = 2 ** 64

/**
 * The values of a record with those of its zip64 fields in the place of the plain ones that are all ones: the first value for
 * the first of them, as APPNOTE 4.5.3 and Python's zipfile do, and a second field for what the first left all ones.
 */
export function applyZip64(
  plain: Sizes,
  fields: readonly Uint8Array[],
  { where, disk }: { readonly where: 'local' | 'central'; readonly disk: number },
  report: Report,
): Sizes {
  const result = { ...plain }
  const left = (name: (typeof NAMES)[number]) => result[name] === ONES32 || (name === 'size' && result[name] === ONES64)
  for (const [index, field] of fields.entries()) {
    const wanted = NAMES.filter(left)
    const there = Math.floor(field.length / 8)
    if (there < wanted.length)
      report({
        kind: 'zip64-extra-missing',
        values: there,
        wanted: wanted.length,
        sizes: there < wanted.filter(name => name !== 'offset').length,
      })
    for (const [place, name] of wanted.entries()) if (place < there) result[name] = u64(field, place * 8)
    if (index > 0 || there < wanted.length) continue
    // The disk has four bytes where its plain field is all ones.
    const used = wanted.length * 8 + (disk === 0xffff && field.length >= wanted.length * 8 + 4 ? 4 : 0)
    if (used === field.length) continue
    // Some writers give both sizes in a local record though nothing is left to them: no reader minds where they are the same.
    const repeats =
      where === 'local' &&
      wanted.length === 0 &&
      field.length === 16 &&
      u64(field, 0) === plain.size &&
      u64(field, 8) === plain.compressedSize
    if (!repeats) report({ kind: 'zip64-extra-unneeded', bytes: field.length, asked: used })
  }
  // A member can be as long as that, and an offset as far; readers differ in what they make of it.
  if (fields.length === 0 && (plain.size === ONES32 || plain.compressedSize === ONES32))
    report({
      kind: 'zip64-extra-missing',
      values: undefined,
      wanted: Number(plain.size === ONES32) + Number(plain.compressedSize === ONES32),
      sizes: true,
    })
  return result
}
