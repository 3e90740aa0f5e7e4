import type { Wheel } from '../../src/distribution/distribution.js'
import type { NativeFile } from '../../src/native/index.js'
import { oncePer } from '../../src/once.js'
import type { PlatformTag } from '../../src/platform/platform-tag.js'
import { elfArchsOfTag } from '../../src/platform/policy.js'
import { basename, loads, nameForLoader, nativeSubject } from '../../src/platform/subject.js'

/** Architectures of the tags whose system reads this format. */
function expected(platforms: readonly PlatformTag[], file: NativeFile): readonly string[] {
  return platforms.flatMap(tag => {
    if (file.format === 'elf' && tag.os === 'linux') {
      const archs = elfArchsOfTag(tag.arch)
      // The loader refuses soft float only where the header declares it; code without floating-point numbers declares
      // neither.
      return archs.includes('armv7l') && file.flags >>> 24 === 5 && (file.flags & 0x200) === 0
        ? [...archs, 'arm']
        : archs
    }
    if (file.format === 'elf' && tag.os === 'android') return tag.arch === 'arm' ? ['arm', 'armv7l'] : [tag.arch]
    if (file.format === 'pe' && tag.os === 'windows') return [tag.arch]
    if (file.format === 'macho' && tag.os === 'macos') return tag.archs
    if (file.format === 'macho' && tag.os === 'ios') return [tag.arch]
    return []
  })
}

function archsOf(file: NativeFile): readonly string[] {
  if (file.format === 'macho') return file.slices.map(slice => slice.arch ?? `CPU ${slice.cpu}`)
  return file.format === 'elf' || file.format === 'pe' ? [file.arch ?? `machine ${file.machine}`] : []
}

const ARCH_WORD =
  /win[_-]?(?:32|64|amd64|arm64)|x86[_-]?64|amd64|aarch64|arm64(?:ec|[_-]?v8a)?|i[3-6]86|x86|ia32|(?:32|64)[_-]?bits?|(?<![a-z0-9])(?:x64|arm(?:32|v[5-8]\w*|eabi\w*)?)(?![a-z0-9])|(?<![0-9])(?:32|64)(?![0-9])/g

/** `libportaudio64bit.dll` and `libportaudioarm64.dll` are one library. */
const stemOf = (path: string) =>
  basename(path)
    .toLowerCase()
    .replace(/\.(?:dll|pyd|exe|dylib|so(?:\.[\d.]*)?)$/, '')
    .replace(ARCH_WORD, '')

/** True for what is loaded into another process: false for a program. */
function isLibrary(file: NativeFile): boolean {
  if (file.format === 'pe') return file.dll
  if (file.format === 'elf') return file.type === 3 && file.interpreter === undefined && !file.pie
  return file.format === 'macho' && file.slices.every(slice => slice.type === 6 || slice.type === 8)
}

const X86: ReadonlySet<string> = new Set(['x86', 'i386', 'i686'])

/** True for a program that runs anyway: 32-bit code on 64 bits, and x86-64 code on Apple silicon and Windows on Arm. */
function isEmulated(file: NativeFile, archs: readonly string[], platforms: readonly PlatformTag[]): boolean {
  if (file.format === 'macho') return archs.includes('x86_64')
  if (archs.every(arch => X86.has(arch))) return true
  return archs.includes('amd64') && platforms.some(tag => tag.os === 'windows' && tag.arch === 'arm64')
}

/** A binary that the processor of the tags cannot run. */
export interface ForeignFile {
  readonly file: NativeFile
  readonly archs: readonly string[]
  /**
   * `loaded`: by Python, or by a binary that fits; `variant`: one that fits is next to it; `helper`: for other
   * programs.
   */
  readonly role: 'loaded' | 'variant' | 'helper' | 'only' | 'other'
}

/** The binaries of a wheel that are for none of the architectures of its tags. */
export const foreignFiles = oncePer((wheel: Wheel): readonly ForeignFile[] => {
  const { platforms, loadable, isExtension, loadedBy } = nativeSubject(wheel)
  const known = platforms.filter(tag => tag.os !== 'any')
  const foreign: { file: NativeFile; archs: readonly string[] }[] = []
  const fitting: NativeFile[] = []
  for (const file of loadable) {
    const wanted = expected(known, file)
    const archs = archsOf(file)
    if (wanted.length === 0 || archs.length === 0) continue
    // .NET code runs anywhere, and ARM64EC says amd64.
    const fits = archs.some(arch => wanted.includes(arch)) || (file.format === 'pe' && (file.managed || file.hybrid))
    if (fits) fitting.push(file)
    else foreign.push({ file, archs })
  }
  if (foreign.length === 0) return []
  const stems = new Set(fitting.map(file => stemOf(file.path)))
  const wanted = new Set(fitting.flatMap(loads))
  const names = new Set(fitting.map(nameForLoader))
  const byPrograms = loadedBy(
    foreign.flatMap(({ file, archs }) => (!isLibrary(file) && isEmulated(file, archs, known) ? file : [])),
  )
  // What an extension module for another processor loads belongs to it.
  const byModules = loadedBy(
    foreign.flatMap(({ file }) => (isExtension(file) && !stems.has(stemOf(file.path)) ? file : [])),
  )

  function roleOf(file: NativeFile, archs: readonly string[]): ForeignFile['role'] {
    if (wanted.has(nameForLoader(file)) && !names.has(nameForLoader(file))) return 'loaded'
    const isX86 = archs.every(arch => X86.has(arch))
    // Windows and Linux also run 32-bit processes: what is for those is intentional.
    if (stems.has(stemOf(file.path))) return isX86 ? 'helper' : 'variant'
    if (byModules.has(file.path)) return 'loaded'
    if (fitting.length === 0) return !isLibrary(file) && isEmulated(file, archs, known) ? 'other' : 'only'
    if (byPrograms.has(file.path) || isX86) return 'helper'
    const isNamed = file.path.toLowerCase().search(ARCH_WORD) >= 0
    return isLibrary(file) && !isNamed && !isAndroid(file) ? 'only' : 'other'
  }
  return foreign.map(one => ({ ...one, role: roleOf(one.file, one.archs) }))
})

const isAndroid = (file: NativeFile) => file.format === 'elf' && file.androidApi !== undefined
