import { elfArch } from './elf-arch.js'
import { elfNotes } from './elf-notes.js'
import { elfSections } from './elf-sections.js'
import { dynamicSymbols } from './elf-symbols.js'
import type { ElfFile, ElfSegment, VersionNeed } from './file.js'
import type { Image } from './image.js'

const PT_LOAD = 1
const PT_DYNAMIC = 2
const PT_INTERP = 3
const PT_NOTE = 4
const PT_GNU_STACK = 0x6474e551
const PT_GNU_RELRO = 0x6474e552
const LONGEST_NAME = 4096
const MOST_DYNAMIC = 8192
const MOST_NEEDED = 4096
const MOST_VERSIONS = 4096

interface Header {
  readonly is64: boolean
  readonly little: boolean
}

interface ProgramHeader extends ElfSegment {
  readonly kind: number
  readonly fileSize: number
  readonly memorySize: number
}

/** Reads an ELF file (System V ABI, generic and GNU extensions). Names come from PT_DYNAMIC, so sections may be stripped. */
export function parseElf(path: string, image: Image): ElfFile {
  const problems: string[] = []
  const is64 = image.u8(4) === 2
  const little = image.u8(5) !== 2
  if (image.u8(4) !== 1 && image.u8(4) !== 2) problems.push(`the class byte is ${image.u8(4)}, not 1 or 2`)
  if (image.u8(5) !== 1 && image.u8(5) !== 2) problems.push(`the data byte is ${image.u8(5)}, not 1 or 2`)
  const header: Header = { is64, little }
  const headerSize = is64 ? 64 : 52
  if (!image.has(0, headerSize)) problems.push('the file ends inside its header')
  const word = (offset: number) => (is64 ? image.u64(offset, little) : image.u32(offset, little))

  const type = image.u16(16, little)
  const machine = image.u16(18, little)
  const flags = image.u32(is64 ? 48 : 36, little)
  const programs = programHeaders(image, header, problems)
  const sections = elfSections(image, header)
  const address = addressMap(programs)
  const segment = (kind: number) => programs.find(one => one.kind === kind)

  const dynamic = segment(PT_DYNAMIC)
  const tags = dynamic ? dynamicTags(image, header, dynamic, problems) : []
  const tag = (wanted: number) => tags.find(one => one.tag === wanted)?.value
  const strings = tag(5) === undefined ? undefined : address(tag(5) ?? 0)
  const stringsSize = tag(10) ?? 0
  if (strings !== undefined && !image.has(strings, stringsSize))
    problems.push('the dynamic string table lies outside the file')
  const name = (offset: number) =>
    strings === undefined || offset >= stringsSize
      ? ''
      : image.text(strings + offset, Math.min(LONGEST_NAME, stringsSize - offset))
  const named = (wanted: number) => {
    const offset = tag(wanted)
    return offset === undefined ? undefined : name(offset)
  }
  if (strings !== undefined) image.want(strings, Math.min(stringsSize, Math.max(0, image.size - strings)))

  const interp = segment(PT_INTERP)
  const notes = elfNotes(image, header, [
    ...programs.filter(one => one.kind === PT_NOTE).map(one => ({ offset: one.offset, length: one.fileSize })),
    ...sections.notes,
  ])
  const needed = tags
    .filter(one => one.tag === 1)
    .slice(0, MOST_NEEDED)
    .map(one => name(one.value))
  const symbols = dynamicSymbols(image, header, { path, tag, address, strings, stringsSize, sections, problems })
  const flags1 = tag(0x6ffffffb) ?? 0
  return {
    format: 'elf',
    path,
    size: image.size,
    problems,
    debugSize: sections.debugSize,
    bits: is64 ? 64 : 32,
    little,
    type,
    machine,
    osAbi: image.u8(7),
    flags,
    arch: elfArch({ machine, is64, little, flags, armVfp: sections.armVfp }),
    interpreter: interp && image.text(interp.offset, Math.min(LONGEST_NAME, interp.fileSize)),
    dynamic: dynamic !== undefined,
    needed,
    soname: named(14),
    rpath: named(15),
    runpath: named(29),
    textRelocations: tag(22) !== undefined || ((tag(30) ?? 0) & 4) !== 0,
    bindNow: tag(24) !== undefined || ((tag(30) ?? 0) & 8) !== 0 || (flags1 & 1) !== 0,
    relro: segment(PT_GNU_RELRO) !== undefined,
    pie: (flags1 & 0x08000000) !== 0,
    loads: programs
      .filter(one => one.kind === PT_LOAD)
      .map(({ flags, align, offset, address }) => ({ flags, align, offset, address })),
    stack: segment(PT_GNU_STACK)?.flags,
    versionNeeds: versionNeeds(image, header, address, tag, name, problems),
    ...notes,
    armCpu: sections.armCpu,
    armVfp: sections.armVfp,
    sections: sections.count,
    packed: isPacked(image),
    imports: symbols.imports,
    weak: symbols.weak,
    exports: symbols.exports,
  }

  function programHeaders(image: Image, { is64, little }: Header, problems: string[]): readonly ProgramHeader[] {
    const at = word(is64 ? 32 : 28)
    const count = image.u16(is64 ? 56 : 44, little)
    const size = image.u16(is64 ? 54 : 42, little)
    if (count === 0) return []
    if (size < (is64 ? 56 : 32)) {
      problems.push(`a program header entry has ${size} bytes`)
      return []
    }
    if (!image.has(at, count * size)) {
      problems.push(`the ${count} program headers at ${at} lie outside the file`)
      return []
    }
    image.want(at, count * size)
    const list: ProgramHeader[] = []
    for (let index = 0; index < count; index++) {
      const base = at + index * size
      const one: ProgramHeader = is64
        ? {
            kind: image.u32(base, little),
            flags: image.u32(base + 4, little),
            offset: image.u64(base + 8, little),
            address: image.u64(base + 16, little),
            fileSize: image.u64(base + 32, little),
            memorySize: image.u64(base + 40, little),
            align: image.u64(base + 48, little),
          }
        : {
            kind: image.u32(base, little),
            offset: image.u32(base + 4, little),
            address: image.u32(base + 8, little),
            fileSize: image.u32(base + 16, little),
            memorySize: image.u32(base + 20, little),
            flags: image.u32(base + 24, little),
            align: image.u32(base + 28, little),
          }
      if (one.kind === PT_LOAD && one.fileSize > 0 && !image.has(one.offset, one.fileSize))
        problems.push(
          `load segment ${index} needs bytes ${one.offset} to ${one.offset + one.fileSize} of ${image.size}`,
        )
      list.push(one)
    }
    return list
  }
}

/** Virtual address → file offset, through the load segments; undefined when no segment contains it. */
function addressMap(programs: readonly ProgramHeader[]): (address: number) => number | undefined {
  const loads = programs.filter(one => one.kind === PT_LOAD)
  return address => {
    for (const one of loads)
      if (address >= one.address && address < one.address + one.fileSize) return one.offset + address - one.address
    return undefined
  }
}

interface Tag {
  readonly tag: number
  readonly value: number
}

function dynamicTags(
  image: Image,
  { is64, little }: Header,
  segment: ProgramHeader,
  problems: string[],
): readonly Tag[] {
  const size = is64 ? 16 : 8
  if (segment.fileSize > 0 && !image.has(segment.offset, segment.fileSize)) {
    problems.push('the dynamic segment lies outside the file')
    return []
  }
  const count = Math.min(Math.floor(segment.fileSize / size), MOST_DYNAMIC)
  image.want(segment.offset, count * size)
  const tags: Tag[] = []
  for (let index = 0; index < count; index++) {
    const at = segment.offset + index * size
    const tag = is64 ? image.u64(at, little) : image.u32(at, little)
    if (tag === 0) break
    tags.push({ tag, value: is64 ? image.u64(at + 8, little) : image.u32(at + 4, little) })
  }
  return tags
}

function versionNeeds(
  image: Image,
  { little }: Header,
  address: (value: number) => number | undefined,
  tag: (wanted: number) => number | undefined,
  name: (offset: number) => string,
  problems: string[],
): readonly VersionNeed[] {
  const start = tag(0x6ffffffe)
  let at = start === undefined ? undefined : address(start)
  if (at === undefined) return []
  const needs: VersionNeed[] = []
  let seen = 0
  for (let left = Math.min(tag(0x6fffffff) ?? 0, MOST_NEEDED); left > 0; left--) {
    if (!image.has(at, 16)) {
      problems.push('the version needs lie outside the file')
      break
    }
    const versions: string[] = []
    let entry = at + image.u32(at + 8, little)
    for (let count = image.u16(at + 2, little); count > 0 && seen < MOST_VERSIONS && image.has(entry, 16); count--) {
      seen++
      versions.push(name(image.u32(entry + 8, little)))
      const next = image.u32(entry + 12, little)
      if (next === 0) break
      entry += next
    }
    needs.push({ library: name(image.u32(at + 4, little)), versions })
    const next = image.u32(at + 12, little)
    if (next === 0) break
    at += next
  }
  return needs
}

/** UPX leaves its magic behind the program headers. */
function isPacked(image: Image): boolean {
  const head = image.bytes(0, Math.min(image.size, 512))
  for (let at = 0; at + 4 <= head.length; at += 4)
    if (head[at] === 0x55 && head[at + 1] === 0x50 && head[at + 2] === 0x58 && head[at + 3] === 0x21) return true
  return false
}
