/** Compatibility tags (PEP 425), as packaging 26.4 reads them. */
import table from '../data/pypi-platforms.json' with { type: 'json' }
import { compareText, isIdentifier, repr } from '../text/python.js'
import { errorAt, StandardsError } from './error.js'

/** Fields in lower case. */
export interface Tag {
  readonly interpreter: string
  readonly abi: string
  readonly platform: string
  toString(): string
}

/** Distinct tags. `has` takes a tag or its text; `toString()` gives the texts, sorted, with spaces between them. */
export interface TagSet extends Iterable<Tag> {
  readonly size: number
  has(tag: Tag | string): boolean
  toString(): string
}

/** More tags than this come from no real name. Packaging makes any number of them. */
export const MAX_TAGS = 100_000

/**
 * The tags that a compressed tag set stands for: `py2.py3-none-any` gives two.
 * @throws StandardsError unless there are three fields, no member is empty, and each interpreter is an identifier; and when
 * there would be more than MAX_TAGS tags.
 */
export function parseTag(text: string): TagSet {
  const fields = text.split('-')
  let at = 0
  for (const field of fields) {
    const empty = emptyMember(field)
    if (empty !== undefined)
      throw errorAt(`Tag ${repr(text)} has an empty component: ${repr(field)}`, text, at + empty, at + empty)
    at += field.length + 1
  }
  const [python, abi, platform] = fields
  if (python === undefined || abi === undefined || platform === undefined || fields.length !== 3)
    throw errorAt(`Tag ${repr(text)} must have exactly three components`, text, 0, text.length)
  at = 0
  for (const interpreter of python.split('.')) {
    if (!isIdentifier(interpreter))
      throw errorAt(
        `Tag ${repr(text)} has an invalid interpreter: ${repr(interpreter)}`,
        text,
        at,
        at + interpreter.length,
      )
    at += interpreter.length + 1
  }
  return product(members(python), members(abi), members(platform))
}

/** Where a member is empty. */
function emptyMember(field: string): number | undefined {
  if (field === '' || field.startsWith('.')) return 0
  const double = field.indexOf('..')
  if (double >= 0) return double + 1
  return field.endsWith('.') ? field.length : undefined
}

// Each member by itself: a final sigma has a lower case of its own.
const members = (field: string): readonly string[] => [...new Set(field.split('.').map(member => member.toLowerCase()))]

function product(pythons: readonly string[], abis: readonly string[], platforms: readonly string[]): TagSet {
  const size = pythons.length * abis.length * platforms.length
  if (size > MAX_TAGS) throw new StandardsError(`Compressed tag set would generate ${size} tags, over ${MAX_TAGS}`)
  const sets = [new Set(pythons), new Set(abis), new Set(platforms)]
  function* tags(): Generator<Tag> {
    for (const interpreter of pythons)
      for (const abi of abis) for (const platform of platforms) yield makeTag(interpreter, abi, platform)
  }
  return {
    size,
    has(tag) {
      const fields = String(tag).split('-')
      return fields.length === 3 && fields.every((field, i) => sets[i]?.has(field))
    },
    [Symbol.iterator]: tags,
    toString: () => [...tags()].map(String).sort(compareText).join(' '),
  }
}

function makeTag(interpreter: string, abi: string, platform: string): Tag {
  return { interpreter, abi, platform, toString: () => `${interpreter}-${abi}-${platform}` }
}

/** The list of platform tags that PyPI's upload accepts was read on this day. */
export const PYPI_PLATFORMS_DATE: string = table.date

const alternatives = (words: readonly string[]): string => words.join('|')
const { macos } = table
// Warehouse's patterns have no end: what follows the last part does not matter there, save where the part is an arch.
const PYPI_PATTERNS: readonly RegExp[] = [
  new RegExp(`^(?:${alternatives(table.exact)})$`),
  new RegExp(`^macosx_(?:10_[0-9]+|(?:${alternatives(macos.majors)})_0)_(?:${alternatives(macos.arches)})$`),
  new RegExp(`^manylinux_[0-9]+_[0-9]+_(?:${alternatives(table.manylinux)})$`),
  new RegExp(`^musllinux_[0-9]+_[0-9]+_(?:${alternatives(table.musllinux)})$`),
  new RegExp(`^ios_[0-9]+_[0-9]+_(?:${alternatives(table.ios)})_(?:iphoneos|iphonesimulator)`),
  new RegExp(`^android_[0-9]+_(?:${alternatives(table.android)})$`),
  /^pyemscripten_[0-9]+_[0-9]+_wasm32/,
]

/** Does PyPI accept a wheel with this platform tag? Lower case. */
export const isPypiPlatform = (platform: string): boolean => PYPI_PATTERNS.some(pattern => pattern.test(platform))
