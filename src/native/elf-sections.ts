import type { Image, Range } from './image.js'

const SHT_SYMTAB_DYNAMIC = 11
const SHT_NOTE = 7
const SHT_NOBITS = 8
const SHT_ARM_ATTRIBUTES = 0x70000003
const NOTE = '.note'
const MOST_SECTIONS = 100_000

export interface ElfSections {
  readonly count: number
  readonly debugSize: number
  readonly dynsym: { readonly offset: number; readonly size: number } | undefined
  readonly notes: readonly Range[]
  readonly armCpu: number | undefined
  readonly armVfp: number | undefined
}

const NONE: ElfSections = {
  count: 0,
  debugSize: 0,
  dynsym: undefined,
  notes: [],
  armCpu: undefined,
  armVfp: undefined,
}

/** What the section headers add to the program headers. The loader does not read them: broken ones count as none. */
export function elfSections(image: Image, { is64, little }: { is64: boolean; little: boolean }): ElfSections {
  const word = (offset: number) => (is64 ? image.u64(offset, little) : image.u32(offset, little))
  const at = word(is64 ? 40 : 32)
  const size = image.u16(is64 ? 58 : 46, little)
  const names = image.u16(is64 ? 62 : 50, little)
  let count = image.u16(is64 ? 60 : 48, little)
  if (at === 0 || size < (is64 ? 64 : 40) || !image.has(at, size)) return NONE
  // More than 65,279 sections: the first header contains the number.
  if (count === 0) count = word(at + (is64 ? 32 : 20))
  if (count === 0 || count > MOST_SECTIONS || !image.has(at, count * size) || !image.want(at, count * size)) return NONE
  const section = (index: number) => {
    const base = at + index * size
    return {
      name: image.u32(base, little),
      type: image.u32(base + 4, little),
      offset: word(base + (is64 ? 24 : 16)),
      size: word(base + (is64 ? 32 : 20)),
    }
  }
  const table = names < count ? section(names) : undefined
  const named = table !== undefined && image.has(table.offset, table.size) && image.want(table.offset, table.size)
  const result = { ...NONE, count, notes: [] as Range[] }
  for (let index = 1; index < count; index++) {
    const one = section(index)
    if (one.type === SHT_SYMTAB_DYNAMIC) result.dynsym ??= { offset: one.offset, size: one.size }
    else if (one.type === SHT_NOTE) {
      // Those of the linker's and the compiler's own have other names, and lie where nothing else is wanted.
      const isNote = !named || image.text(table.offset + one.name, NOTE.length + 1).startsWith(NOTE)
      if (isNote && result.notes.length < 64) result.notes.push({ offset: one.offset, length: one.size })
    } else if (one.type === SHT_ARM_ATTRIBUTES) Object.assign(result, armAttributes(image, one, little))
    if (!named || one.type === SHT_NOBITS || one.name >= table.size || image.u8(table.offset + one.name) !== 0x2e)
      continue
    if (image.has(one.offset, one.size) && isDebug(image.text(table.offset + one.name, 32)))
      result.debugSize += one.size
  }
  return result
}

const isDebug = (name: string) => name.startsWith('.debug_') || name.startsWith('.zdebug_')

/** Tag_CPU_arch (6) and Tag_ABI_VFP_args (28) of the `aeabi` file attributes (ABI for the Arm architecture, addenda32). */
function armAttributes(image: Image, place: { offset: number; size: number }, little: boolean) {
  const size = Math.min(place.size, 4096)
  if (!image.has(place.offset, size) || !image.want(place.offset, size) || image.u8(place.offset) !== 0x41) return {}
  const end = place.offset + size
  let at = place.offset + 5
  const vendor = image.text(at, 16)
  if (vendor !== 'aeabi') return {}
  at += 6
  if (image.u8(at) !== 1) return {}
  const stop = Math.min(end, at + image.u32(at + 1, little))
  at += 5
  let armCpu: number | undefined
  let armVfp: number | undefined
  const number = () => {
    let value = 0
    for (let shift = 0; shift < 35 && at < stop; shift += 7) {
      const byte = image.u8(at++)
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    return value
  }
  while (at < stop) {
    const tag = number()
    // Tags 4, 5, 67 and odd ones above 32 hold text; 32 a number and text.
    if (tag === 4 || tag === 5 || tag === 67 || (tag > 32 && tag % 2 === 1)) {
      at += textLength(image, at, stop)
    } else {
      const value = number()
      if (tag === 6) armCpu = value
      else if (tag === 28) armVfp = value
      else if (tag === 32) at += textLength(image, at, stop)
    }
  }
  return { armCpu, armVfp }
}

function textLength(image: Image, at: number, end: number): number {
  let length = 0
  while (at + length < end && image.u8(at + length) !== 0) length++
  return length + 1
}
