import type { PeFile, PeImport } from './file.js'
import type { Image } from './image.js'
import { type Collected, collected, isPython, keepsExport, moduleName, pythonName } from './symbols.js'

const ARCHES: Readonly<Record<number, string>> = {
  332: 'x86',
  34404: 'amd64',
  43620: 'arm64',
  452: 'arm32',
  448: 'arm32',
  512: 'ia64',
}
const LONGEST_NAME = 1024
const MOST_DLLS = 2048
const MOST_NAMES = 200_000
const MOST_SECTIONS = 1024

/** True when `MZ` leads to a PE signature: a DOS program alone is none of ours. */
export function isPe(image: Image): boolean {
  const at = image.u32(0x3c, true)
  if (!image.has(at, 4)) return false
  // Not kept yet: it may be one.
  return image.want(at, 4) ? image.u32(at, true) === 0x4550 : true
}

interface Section {
  readonly name: string
  readonly address: number
  readonly virtualSize: number
  readonly offset: number
  readonly size: number
  readonly flags: number
}

/** Reads a PE file (Microsoft, "PE Format"). */
export function parsePe(path: string, image: Image): PeFile {
  const problems: string[] = []
  const pe = image.u32(0x3c, true)
  const u16 = (offset: number) => image.u16(pe + offset, true)
  const u32 = (offset: number) => image.u32(pe + offset, true)
  const machine = u16(4)
  const optionalSize = u16(20)
  const magic = u16(24)
  const plus = magic === 0x20b
  if (optionalSize > 0 && !plus && magic !== 0x10b)
    problems.push(`the optional header has the magic 0x${magic.toString(16)}`)
  if (!image.has(pe, 24 + optionalSize)) problems.push('the file ends inside its headers')
  const sections = sectionsOf(image, pe, u16(6), optionalSize, problems)
  const toOffset = addressMap(sections)
  const directoriesAt = plus ? 136 : 120
  const directoryCount = Math.min(
    u32(directoriesAt - 4),
    16,
    Math.max(0, Math.floor((optionalSize + 24 - directoriesAt) / 8)),
  )
  const directory = (index: number) =>
    index < directoryCount
      ? { address: u32(directoriesAt + index * 8), size: u32(directoriesAt + index * 8 + 4) }
      : { address: 0, size: 0 }

  const found = collected()
  const reader: Reader = { image, toOffset, plus, base: plus ? image.u64(pe + 48, true) : u32(52), found, problems }
  const dlls = [...imports(reader, directory(1).address), ...delayedImports(reader, directory(13).address)]
  exportsOf(reader, directory(0).address, moduleName(path))
  const clr = toOffset(directory(14).address)
  const configuration = toOffset(directory(10).address)
  return {
    format: 'pe',
    path,
    size: image.size,
    problems,
    debugSize: debugSize(image, pe, sections),
    machine,
    arch: ARCHES[machine],
    plus,
    dll: (u16(22) & 0x2000) !== 0,
    subsystem: u16(92),
    dllCharacteristics: u16(94),
    imports64: plus,
    dlls,
    writable: sections.filter(one => (one.flags & 0xa0000000) >>> 0 === 0xa0000000).map(one => one.name),
    managed: clr !== undefined && directory(14).size > 0 && (image.u32(clr + 16, true) & 1) !== 0,
    // CHPEMetadataPointer of the load configuration.
    hybrid:
      plus &&
      configuration !== undefined &&
      image.u32(configuration, true) >= 0xd0 &&
      image.u64(configuration + 0xc8, true) !== 0,
    pdb: codeView(image, toOffset(directory(6).address), Math.min(directory(6).size, 28 * 64)),
    linker: image.u8(pe + 26) * 100 + image.u8(pe + 27),
    imports: found.imports,
    weak: found.weak,
    exports: found.exports,
  }
}

function sectionsOf(
  image: Image,
  pe: number,
  count: number,
  optionalSize: number,
  problems: string[],
): readonly Section[] {
  const at = pe + 24 + optionalSize
  if (!image.has(at, count * 40)) {
    problems.push(`the ${count} section headers lie outside the file`)
    return []
  }
  image.want(at, Math.min(count, MOST_SECTIONS) * 40)
  const list: Section[] = []
  for (let index = 0; index < Math.min(count, MOST_SECTIONS); index++) {
    const base = at + index * 40
    const one = {
      name: image.text(base, 8),
      virtualSize: image.u32(base + 8, true),
      address: image.u32(base + 12, true),
      size: image.u32(base + 16, true),
      offset: image.u32(base + 20, true),
      flags: image.u32(base + 36, true),
    }
    if (one.size > 0 && one.offset > 0 && !image.has(one.offset, one.size))
      problems.push(`section '${one.name}' needs bytes ${one.offset} to ${one.offset + one.size} of ${image.size}`)
    list.push(one)
  }
  return list
}

/** Relative virtual address → file offset. */
function addressMap(sections: readonly Section[]): (address: number) => number | undefined {
  return address => {
    if (address === 0) return undefined
    for (const one of sections)
      if (address >= one.address && address < one.address + one.size) return one.offset + address - one.address
    return undefined
  }
}

interface Reader {
  readonly image: Image
  readonly toOffset: (address: number) => number | undefined
  readonly plus: boolean
  readonly base: number
  readonly found: Collected
  readonly problems: string[]
}

function imports(reader: Reader, address: number): readonly PeImport[] {
  const { image, toOffset, problems } = reader
  const at = toOffset(address)
  if (address !== 0 && at === undefined) problems.push('the import table lies outside every section')
  if (at === undefined) return []
  const dlls: PeImport[] = []
  let budget = MOST_NAMES
  for (let index = 0; index < MOST_DLLS && image.has(at + index * 20, 20); index++) {
    const entry = at + index * 20
    const nameAt = image.u32(entry + 12, true)
    if (nameAt === 0) break
    const dll = nameOf(reader, nameAt)
    if (dll === '') continue
    dlls.push({ dll, delayed: false })
    if (isInterpreter(dll)) budget = thunks(reader, image.u32(entry, true) || image.u32(entry + 16, true), budget)
  }
  return dlls
}

function delayedImports(reader: Reader, address: number): readonly PeImport[] {
  const { image, toOffset } = reader
  const at = toOffset(address)
  if (at === undefined) return []
  const dlls: PeImport[] = []
  let budget = MOST_NAMES
  for (let index = 0; index < MOST_DLLS && image.has(at + index * 32, 32); index++) {
    const entry = at + index * 32
    const nameAt = image.u32(entry + 4, true)
    if (nameAt === 0) break
    // Old linkers wrote addresses instead of relative ones.
    const shift = (image.u32(entry, true) & 1) === 1 ? 0 : reader.base
    const dll = nameOf(reader, nameAt - shift)
    if (dll === '') continue
    dlls.push({ dll, delayed: true })
    if (isInterpreter(dll)) budget = thunks(reader, image.u32(entry + 16, true) - shift, budget)
  }
  return dlls
}

/**
 * A symbol belongs to the DLL that it is imported from: other libraries have names that begin with `Py` too. CPython's DLLs,
 * those of its builds with MinGW, and PyPy's and GraalPy's.
 */
const isInterpreter = (dll: string) =>
  /^(?:(?:lib)?python\d[\d.]*t?(?:_d)?|libpypy[\d.]*-c|python-native)\.dll$/i.test(dll)

function nameOf({ image, toOffset }: Reader, address: number): string {
  const at = toOffset(address)
  return at === undefined ? '' : image.text(at, LONGEST_NAME)
}

/** Keeps Python's names among those taken from one DLL; returns what is left of the budget. */
function thunks({ image, toOffset, plus, found }: Reader, address: number, budget: number): number {
  const at = toOffset(address)
  if (at === undefined) return budget
  const size = plus ? 8 : 4
  let left = budget
  for (let entry = at; left > 0 && image.has(entry, size); entry += size, left--) {
    const value = image.u32(entry, true)
    const high = plus ? image.u32(entry + 4, true) : value
    if (value === 0 && high === 0) break
    if (high >= 0x80000000) continue
    const hint = toOffset(value)
    const name = hint === undefined ? undefined : pythonName(image, hint + 2)
    if (name !== undefined && isPython(name)) found.imports.add(name)
  }
  return left
}

function exportsOf({ image, toOffset, found }: Reader, address: number, module: string): void {
  const at = toOffset(address)
  if (at === undefined) return
  const names = toOffset(image.u32(at + 32, true))
  if (names === undefined) return
  const count = Math.min(image.u32(at + 24, true), MOST_NAMES, Math.floor((image.size - names) / 4))
  for (let index = 0; index < count; index++) {
    const nameAt = toOffset(image.u32(names + index * 4, true))
    const name = nameAt === undefined ? undefined : pythonName(image, nameAt)
    if (name !== undefined && keepsExport(name, module)) found.exports.add(name)
  }
}

/** Path of the PDB in a CodeView entry (`RSDS`). */
function codeView(image: Image, at: number | undefined, size: number): string | undefined {
  if (at === undefined) return undefined
  for (let entry = at; entry + 28 <= at + size && image.has(entry, 28); entry += 28) {
    if (image.u32(entry + 12, true) !== 2) continue
    const data = image.u32(entry + 24, true)
    if (image.u32(data, true) === 0x53445352) return image.text(data + 24, LONGEST_NAME)
  }
  return undefined
}

/** Bytes of DWARF sections, whose long names MinGW keeps in the COFF string table (`/123`). */
function debugSize(image: Image, pe: number, sections: readonly Section[]): number {
  const strings = image.u32(pe + 12, true) + image.u32(pe + 16, true) * 18
  let total = 0
  for (const one of sections) {
    if (!/^\/\d{1,7}$/.test(one.name)) continue
    const name = image.text(strings + Number(one.name.slice(1)), 32)
    if ((name.startsWith('.debug_') || name.startsWith('.zdebug_')) && image.has(one.offset, one.size))
      total += one.size
  }
  return total
}
