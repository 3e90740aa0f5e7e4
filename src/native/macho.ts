import type { MachoDylib, MachoFile, MachoSlice, MachoVersion } from './file.js'
import type { Image } from './image.js'
import { machoSignature } from './macho-signature.js'
import { MOST_SLICES } from './magic.js'
import { collected, isPython, keepsExport, moduleName, pythonName } from './symbols.js'

const LONGEST_NAME = 4096
const MOST_COMMANDS = 20_000

const ARCHES: Readonly<Record<number, string>> = {
  7: 'i386',
  16777223: 'x86_64',
  12: 'arm',
  16777228: 'arm64',
  33554444: 'arm64_32',
  18: 'ppc',
  16777234: 'ppc64',
}

/** Platform of the older LC_VERSION_MIN_* commands; those of a simulator differ from the device's by the processor. */
const MINIMUM_PLATFORM: Readonly<Record<number, number>> = { 36: 1, 37: 2, 47: 3, 48: 4 }

/** Reads a Mach-O file, thin or fat (mach-o/loader.h, mach-o/fat.h, mach-o/nlist.h). */
export function parseMacho(path: string, image: Image): MachoFile {
  const problems: string[] = []
  const magic = image.u32(0, false)
  const wide = magic === 0xcafebabf
  const fat = wide || magic === 0xcafebabe
  const slices: MachoSlice[] = []
  let debugSize = 0
  const taken: { readonly offset: number; readonly end: number }[] = []
  const add = (offset: number, size: number, what: string) => {
    const slice = parseSlice(path, image, offset, size, what, problems)
    if (!slice) return
    slices.push(slice.slice)
    debugSize += slice.debugSize
  }
  if (fat) {
    const count = Math.min(image.u32(4, false), MOST_SLICES)
    const entry = wide ? 32 : 20
    if (!image.has(8, count * entry)) problems.push(`the table of ${count} architectures lies outside the file`)
    for (let index = 0; index < count && image.has(8 + index * entry, entry); index++) {
      const at = 8 + index * entry
      const offset = wide ? image.u64(at + 8, false) : image.u32(at + 8, false)
      const size = wide ? image.u64(at + 16, false) : image.u32(at + 12, false)
      if (!image.has(offset, size))
        problems.push(`architecture ${index} needs bytes ${offset} to ${offset + size} of ${image.size}`)
      else if (taken.some(one => offset < one.end && one.offset < offset + size))
        problems.push(`architecture ${index} overlaps another`)
      else add(offset, size, `architecture ${index}`)
      taken.push({ offset, end: offset + size })
    }
  } else add(0, image.size, 'the file')
  return { format: 'macho', path, size: image.size, problems, debugSize, fat, slices }
}

function parseSlice(path: string, image: Image, start: number, size: number, what: string, problems: string[]) {
  const magic = image.u32(start, false)
  const little = magic === 0xcefaedfe || magic === 0xcffaedfe
  const is64 = magic === 0xfeedfacf || magic === 0xcffaedfe
  if (!little && !is64 && magic !== 0xfeedface) {
    // Static libraries may be fat as well; they hold nothing that is loaded.
    if (magic !== 0x213c6172 && image.want(start, 4)) problems.push(`${what} does not start with a Mach-O magic`)
    return undefined
  }
  const u32 = (at: number) => image.u32(start + at, little)
  const end = start + size
  const cpu = u32(4)
  const commandsSize = u32(20)
  const first = is64 ? 32 : 28
  const limit = start + first + commandsSize
  if (limit > end) problems.push(`the load commands of ${what} lie outside the file`)
  // Asked for as one stretch: a second look at a large member then has all load commands, and need not go page by page.
  image.want(start, Math.min(first + commandsSize, size))

  const versions: MachoVersion[] = []
  const dylibs: MachoDylib[] = []
  const rpaths: string[] = []
  const writable: string[] = []
  let id: string | undefined
  let symtab: { symbols: number; count: number; strings: number; stringsSize: number } | undefined
  let signature: { offset: number; size: number } | undefined
  let debugSize = 0
  let at = start + first
  for (let left = Math.min(u32(16), MOST_COMMANDS); left > 0; left--) {
    if (at + 8 > Math.min(limit, end)) {
      if (image.want(start, first)) problems.push(`${what} has fewer load commands than its header says`)
      break
    }
    const command = image.u32(at, little)
    const length = image.u32(at + 4, little)
    if (length < 8 || at + length > Math.min(limit, end)) {
      if (image.want(at, 8)) problems.push(`a load command of ${what} has ${length} bytes`)
      break
    }
    const word = (offset: number) => (offset + 4 <= length ? image.u32(at + offset, little) : 0)
    const text = (offset: number) =>
      word(offset) >= 8 && word(offset) < length
        ? image.text(at + word(offset), Math.min(LONGEST_NAME, length - word(offset)))
        : ''
    const kind = command & 0x7fffffff
    if (kind === 0x01 || kind === 0x19) {
      const wide = kind === 0x19
      const name = image.text(at + 8, 16)
      const fileSize = wide ? image.u64(at + 48, little) : word(36)
      if (((wide ? word(60) : word(44)) & 6) === 6) writable.push(name)
      if (name === '__DWARF') debugSize += Math.min(fileSize, size)
      const offset = wide ? image.u64(at + 40, little) : word(32)
      if (offset + fileSize > size) problems.push(`segment '${name}' of ${what} lies outside the file`)
    } else if (kind === 0x02) symtab = { symbols: word(8), count: word(12), strings: word(16), stringsSize: word(20) }
    else if (kind === 0x0c || kind === 0x18 || kind === 0x1f || kind === 0x20 || kind === 0x23)
      dylibs.push({ name: text(8), weak: kind === 0x18 })
    else if (kind === 0x0d) id = text(8)
    else if (kind === 0x1c) rpaths.push(text(8))
    else if (kind === 0x1d) signature = { offset: word(8), size: word(12) }
    else if (kind === 0x32) versions.push({ platform: word(8), minimum: word(12), sdk: word(16) })
    else if (MINIMUM_PLATFORM[kind] !== undefined)
      versions.push({ platform: simulated(MINIMUM_PLATFORM[kind], cpu), minimum: word(8), sdk: word(12) })
    at += length
  }
  const symbols = symtab ? symbolsOf(path, image, start, size, is64, little, symtab, what, problems) : collected()
  const slice: MachoSlice = {
    cpu,
    subtype: u32(8) & 0x00ffffff,
    arch: ARCHES[cpu],
    type: u32(12),
    versions,
    id,
    dylibs,
    rpaths,
    writable,
    signature: signature ? machoSignature(image, start, size, signature) : { state: 'absent' },
    imports: symbols.imports,
    weak: symbols.weak,
    exports: symbols.exports,
  }
  return { slice, debugSize }
}

const simulated = (platform: number, cpu: number) =>
  platform === 2 && (cpu === 7 || cpu === 0x01000007) ? 7 : platform

function symbolsOf(
  path: string,
  image: Image,
  start: number,
  size: number,
  is64: boolean,
  little: boolean,
  table: { symbols: number; count: number; strings: number; stringsSize: number },
  what: string,
  problems: string[],
) {
  const found = collected()
  const entry = is64 ? 16 : 12
  if (table.symbols + table.count * entry > size || table.strings + table.stringsSize > size) {
    problems.push(`the symbol table of ${what} lies outside the file`)
    return found
  }
  const symbols = start + table.symbols
  const strings = start + table.strings
  const ready = image.want(symbols, table.count * entry)
  if (!image.want(strings, table.stringsSize) || !ready) return found
  const module = moduleName(path)
  for (let index = 0; index < table.count; index++) {
    const at = symbols + index * entry
    const type = image.u8(at + 4)
    // N_STAB entries are debug notes; only N_EXT ones cross the file's border.
    if ((type & 0xe0) !== 0 || (type & 1) === 0) continue
    const nameAt = image.u32(at, little)
    // C names carry a leading underscore.
    if (nameAt === 0 || nameAt + 1 >= table.stringsSize || image.u8(strings + nameAt) !== 0x5f) continue
    const name = pythonName(image, strings + nameAt + 1)
    if (name === undefined) continue
    if ((type & 0x0e) !== 0) {
      if (keepsExport(name, module)) found.exports.add(name)
    } else if (isPython(name)) {
      found.imports.add(name)
      if ((image.u16(at + 6, little) & 0x40) !== 0) found.weak.add(name)
    }
  }
  return found
}
