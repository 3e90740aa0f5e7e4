import { blacklistedNames } from './blacklist.js'
import type { ElfSections } from './elf-sections.js'
import type { Image } from './image.js'
import { collected, isPython, keepsExport, moduleName, pythonName } from './symbols.js'

interface Header {
  readonly is64: boolean
  readonly little: boolean
}

interface SymbolTable {
  readonly path: string
  readonly tag: (wanted: number) => number | undefined
  readonly address: (value: number) => number | undefined
  readonly strings: number | undefined
  readonly stringsSize: number
  readonly sections: ElfSections
  readonly problems: string[]
}

/** The names of the dynamic symbol table that rules ask about. */
export function dynamicSymbols(image: Image, header: Header, table: SymbolTable) {
  const found = collected()
  const at = table.tag(6) === undefined ? undefined : table.address(table.tag(6) ?? 0)
  if (at === undefined || table.strings === undefined) return found
  const { is64, little } = header
  const size = is64 ? 24 : 16
  const room = Math.max(0, Math.floor((image.size - at) / size))
  const count = Math.min(symbolCount(image, header, table, at, size), room)
  if (!image.want(at, count * size)) return found
  const module = moduleName(table.path)
  const forbidden = blacklistedNames()
  // Large libraries have a hundred thousand symbols: these are read without asking the image for each number.
  const entries = image.bytes(at, count * size)
  const view = new DataView(entries.buffer, entries.byteOffset, entries.length)
  const [infoAt, sectionAt] = is64 ? [4, 6] : [12, 14]
  for (let base = size; base < entries.length; base += size) {
    const nameAt = view.getUint32(base, little)
    if (nameAt === 0 || nameAt >= table.stringsSize) continue
    const binding = view.getUint8(base + infoAt) >> 4
    if (binding === 0) continue
    const section = view.getUint16(base + sectionAt, little)
    const offset = table.strings + nameAt
    const undefinedHere = section === 0
    let name = pythonName(image, offset)
    if (name === undefined && undefinedHere && forbidden.firsts.has(image.u8(offset))) {
      const text = image.text(offset, 128)
      if (forbidden.names.has(text)) name = text
    }
    if (name === undefined) continue
    if (!undefinedHere) {
      if (keepsExport(name, module)) found.exports.add(name)
      continue
    }
    if (!isPython(name) && !forbidden.names.has(name)) continue
    found.imports.add(name)
    if (binding === 2) found.weak.add(name)
  }
  return found
}

/** Entries of the dynamic symbol table, which PT_DYNAMIC does not say: from the section, or a hash table. */
function symbolCount(image: Image, { is64, little }: Header, table: SymbolTable, at: number, size: number): number {
  const { dynsym } = table.sections
  if (dynsym && dynsym.offset === at) return Math.floor(dynsym.size / size)
  const hash = table.tag(4) === undefined ? undefined : table.address(table.tag(4) ?? 0)
  if (hash !== undefined) return image.u32(hash + 4, little)
  const gnu = table.tag(0x6ffffef5) === undefined ? undefined : table.address(table.tag(0x6ffffef5) ?? 0)
  if (gnu !== undefined) return gnuHashCount(image, is64, little, gnu)
  // Every linker puts the strings right after the symbols.
  return table.strings !== undefined && table.strings > at ? Math.floor((table.strings - at) / size) : 0
}

function gnuHashCount(image: Image, is64: boolean, little: boolean, at: number): number {
  const buckets = image.u32(at, little)
  const first = image.u32(at + 4, little)
  const bloom = image.u32(at + 8, little)
  const bucketsAt = at + 16 + bloom * (is64 ? 8 : 4)
  if (!image.has(bucketsAt, buckets * 4) || !image.want(bucketsAt, buckets * 4)) return 0
  let last = 0
  for (let index = 0; index < buckets; index++) last = Math.max(last, image.u32(bucketsAt + index * 4, little))
  if (last < first) return first
  const chains = bucketsAt + buckets * 4 - first * 4
  while (image.has(chains + last * 4, 4) && (image.u32(chains + last * 4, little) & 1) === 0) {
    // Bytes that were not kept read as zero, which would never end a chain.
    if (!image.want(chains + last * 4, 4)) break
    last++
  }
  return last + 1
}
