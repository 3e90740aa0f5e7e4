import { append } from '../append.js'
import android from '../data/native/android.json' with { type: 'json' }
import manylinux from '../data/native/manylinux.json' with { type: 'json' }
import musllinux from '../data/native/musllinux.json' with { type: 'json' }
import type { Wheel } from '../distribution/distribution.js'
import type { ElfFile } from '../native/file.js'
import { oncePer } from '../once.js'
import { isRoot, linkageOf, neededNames } from './linkage.js'
import { compareVersions, type LinuxTag } from './platform-tag.js'
import { hasEntryPoint, nativeSubject } from './subject.js'

export type Libc = 'glibc' | 'musl' | 'android'

/** Number of a policy in its table, oldest first; LINUX is worse than all: only `linux_*` fits. */
export const LINUX = Number.POSITIVE_INFINITY

interface Arch {
  readonly policies: readonly number[]
  readonly versions: Readonly<Record<string, Readonly<Record<string, number>>>>
}
const ARCHES: Readonly<Record<string, Arch>> = manylinux.arches
const LIBRARIES: Readonly<Record<string, number>> = manylinux.libs
const BLACKLIST: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = manylinux.blacklist
const ALIASES: Readonly<Record<string, readonly string[]>> = manylinux.aliases
const ANDROID_LIBRARIES: ReadonlySet<string> = new Set(Object.values(android.policies).at(-1)?.libs)
const MUSL_LIBRARIES = musllinux.policies.musllinux_1_2.libs
/** Policies at which the list of system libraries grows: between two of them the answer is the same. */
const LEVELS = [...new Set(Object.values(LIBRARIES))].sort((a, b) => a - b)

interface VersionDemand {
  readonly file: ElfFile
  readonly library: string
  /** `GLIBC_2.34`. */
  readonly version: string
  /** Oldest policy that has it; LINUX when none has. */
  readonly rank: number
}

/** Where the wheel's ELF files of one architecture and C library can run. Policies are numbers into `names`. */
export interface LinuxFit {
  readonly libc: Libc
  readonly arch: string
  readonly names: readonly string[]
  readonly files: readonly ElfFile[]
  readonly roots: readonly ElfFile[]
  /** Symbol versions that some policy knows the prefix of. */
  readonly demands: readonly VersionDemand[]
  readonly symbols: number
  readonly references: number
  readonly blacklist: number
  readonly machine: number
  readonly overall: number
  /** Libraries from outside at a policy: name → members that are loaded with it. */
  external(policy: number): ReadonlyMap<string, readonly ElfFile[]>
  /** Forbidden symbols at a policy. */
  forbidden(policy: number): readonly { readonly file: ElfFile; readonly library: string; readonly symbol: string }[]
}

const fitsOf = oncePer((_: Wheel) => new Map<string, LinuxFit | undefined>())

/** The fit for the C library and architecture of a tag; undefined when no ELF file is for them. */
export function linuxFit(wheel: Wheel, libc: Libc, arch: string): LinuxFit | undefined {
  const known = fitsOf(wheel)
  const key = `${libc} ${arch}`
  if (!known.has(key)) known.set(key, describe(wheel, libc, arch))
  return known.get(key)
}

/** ELF architecture of a tag's architecture. */
function elfArchOfTag(arch: string): string {
  if (arch === 'armv6l' || arch === 'armv8l') return 'armv7l'
  // Without a floating-point unit.
  return /^armv[45]/.test(arch) ? 'arm' : arch
}

/** The same where tags do not tell byte orders apart: `uname` says mips for both. */
export function elfArchsOfTag(arch: string): readonly string[] {
  return arch === 'mips' || arch === 'mips64' ? [arch, `${arch}el`] : [elfArchOfTag(arch)]
}

/** C library of one file: from its interpreter, its NEEDED names, or its suffix; undefined when nothing says. */
export function libcOf(file: ElfFile): 'glibc' | 'musl' | undefined {
  if (file.interpreter !== undefined && file.interpreter !== '')
    return file.interpreter.includes('/ld-musl-') ? 'musl' : 'glibc'
  if (file.needed.some(name => /^(?:libc\.musl-|ld-musl-)/.test(name))) return 'musl'
  if (file.needed.some(name => /^(?:libc\.so\.6$|ld-linux|ld64\.so)/.test(name))) return 'glibc'
  if (file.needed.includes('libc.so')) return 'musl'
  return /-linux-musl\w*\.so$/.test(file.path) ? 'musl' : undefined
}

function describe(wheel: Wheel, libc: Libc, arch: string): LinuxFit | undefined {
  const subject = nativeSubject(wheel)
  const wanted = elfArchOfTag(arch)
  const archs = elfArchsOfTag(arch)
  const files = subject.elf.filter(
    file =>
      file.arch !== undefined && archs.includes(file.arch) && (libc === 'android' || (libcOf(file) ?? libc) === libc),
  )
  if (files.length === 0) return undefined
  const names = libc === 'glibc' ? manylinux.names : libc === 'musl' ? ['musllinux_1_1', 'musllinux_1_2'] : ['android']
  const known = libc === 'glibc' ? (ARCHES[wanted]?.policies ?? []) : names.map((_, index) => index)
  const needed = neededNames(files)
  const roots = files.filter(file => isRoot(file, needed, hasEntryPoint(file)))
  const demands = libc === 'glibc' ? versionDemands(files, wanted) : []
  const linkage = linkageOf(wheel)
  const oldest = known[0] ?? LINUX
  const atLevel = new Map<number, ReadonlyMap<string, readonly ElfFile[]>>()
  function external(policy: number) {
    const level = libc === 'glibc' ? (LEVELS.findLast(one => one <= policy) ?? 0) : 0
    let found = atLevel.get(level)
    if (!found) {
      found = externalAt(roots, file => linkage.tree(file), allowedAt(libc, level))
      atLevel.set(level, found)
    }
    return found
  }
  function forbidden(policy: number) {
    return roots.flatMap(file => forbiddenIn(file, libc, policy))
  }
  const first = (test: (policy: number) => boolean) => known.find(test) ?? LINUX
  const symbols = Math.max(oldest, ...demands.map(demand => demand.rank))
  const references = first(policy => external(policy).size === 0)
  // The newest policies forbid fewest names, but every one forbids most of them.
  const blacklist = first(policy => forbidden(policy).length === 0)
  const traps = roots.some(file => usesFloatTraps(file))
  const machine = roots.some(file => (file.isaNeeded & ~1) !== 0) || traps ? LINUX : oldest
  return {
    libc,
    arch,
    names,
    files,
    roots,
    demands,
    symbols,
    references,
    blacklist,
    machine,
    overall: Math.max(symbols, references, blacklist, machine),
    external,
    forbidden,
  }
}

/** PyFPE, an option of Python before 3.7 that ordinary builds do not have. */
function usesFloatTraps(file: ElfFile): boolean {
  if (!hasEntryPoint(file)) return false
  for (const name of file.imports)
    if (name === 'PyFPE_jbuf' || name === 'PyFPE_dummy' || name === 'PyFPE_counter') return true
  return false
}

function versionDemands(files: readonly ElfFile[], arch: string): readonly VersionDemand[] {
  const versions = ARCHES[arch]?.versions ?? {}
  const demands: VersionDemand[] = []
  for (const file of files)
    for (const need of file.versionNeeds) {
      if (isLoader(need.library)) continue
      for (const version of need.versions) {
        const mark = version.indexOf('_')
        const prefix = mark < 0 ? version : version.slice(0, mark)
        if (!Object.hasOwn(versions, prefix)) continue
        const rest = mark < 0 ? '' : version.slice(mark + 1)
        const table = versions[prefix] ?? {}
        demands.push({
          file,
          library: need.library,
          version,
          rank: Object.hasOwn(table, rest) ? (table[rest] ?? LINUX) : LINUX,
        })
      }
    }
  return demands
}

function isLoader(library: string): boolean {
  return library.includes('ld-linux') || library === 'ld64.so.1' || library === 'ld64.so.2'
}

/** musl's loader answers these names itself (musl, ldso/dynlink.c). */
const MUSL_OWN = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./

function allowedAt(libc: Libc, level: number): (library: string) => boolean {
  if (libc === 'android')
    return library => ANDROID_LIBRARIES.has(library) || /^libpython3(?:\.\d+)?t?\.so$/.test(library)
  if (libc === 'musl')
    return library => MUSL_OWN.test(library) || MUSL_LIBRARIES.includes(library) || library.startsWith('ld-musl-')
  return library => isLoader(library) || (Object.hasOwn(LIBRARIES, library) && (LIBRARIES[library] ?? LINUX) <= level)
}

/**
 * True for a library that the systems of a tag have: those of its policy, or of the newest where a tag promises nothing or there is
 * none.
 */
export function isSystemLibrary(library: string, file: ElfFile, tag: LinuxTag | 'android' | undefined): boolean {
  if (tag === 'android') return allowedAt('android', 0)(library)
  const libc = tag?.libc ?? libcOf(file) ?? 'glibc'
  const level = libc === 'glibc' ? ((tag?.libc && policyOfTag(tag)) ?? NEWEST_POLICY) : 0
  return allowedAt(libc, level)(library)
}

function externalAt(
  roots: readonly ElfFile[],
  treeOf: (file: ElfFile) => ReadonlyMap<string, ElfFile | undefined>,
  allowed: (library: string) => boolean,
): ReadonlyMap<string, readonly ElfFile[]> {
  const found = new Map<string, ElfFile[]>()
  for (const root of roots) {
    const tree = treeOf(root)
    const seen = new Set<string>()
    const waiting: { readonly name: string; readonly by: ElfFile }[] = root.needed.map(name => ({ name, by: root }))
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { name, by } = next
      if (seen.has(name) || allowed(name)) continue
      seen.add(name)
      const file = tree.get(name)
      if (file)
        append(
          waiting,
          file.needed.map(inner => ({ name: inner, by: file })),
        )
      else {
        const members = found.get(name) ?? []
        if (!members.includes(by)) found.set(name, [...members, by])
      }
    }
  }
  return found
}

function forbiddenIn(file: ElfFile, libc: Libc, policy: number) {
  const found: { file: ElfFile; library: string; symbol: string }[] = []
  for (const library of new Set(file.needed)) {
    for (const symbol of forbiddenNames(libc, library, policy))
      if (file.imports.has(symbol) && !file.weak.has(symbol)) found.push({ file, library, symbol })
  }
  return found
}

function forbiddenNames(libc: Libc, library: string, policy: number): readonly string[] {
  if (libc === 'android') return []
  if (libc === 'musl') return library === 'libz.so.1' ? musllinux.policies.musllinux_1_2.blacklist['libz.so.1'] : []
  const table = Object.hasOwn(BLACKLIST, library) ? (BLACKLIST[library] ?? {}) : {}
  return Object.keys(table).filter(symbol => {
    const [from = 0, to = 0] = table[symbol] ?? []
    return from <= policy && policy <= to
  })
}

/** Policy of a tag: of a version that has none, the next older one's. Undefined below the oldest for the architecture. */
export function policyOfTag(tag: LinuxTag): number | undefined {
  if (tag.libc !== 'glibc') return tag.libc === 'musl' ? Math.min(Math.max(tag.version[1] - 1, 0), 1) : undefined
  const policies = ARCHES[elfArchOfTag(tag.arch)]?.policies ?? []
  return policies.findLast(policy => compareVersions(policyVersion(policy), tag.version) <= 0)
}

/** Number of the newest manylinux policy that the table knows. */
export const NEWEST_POLICY = manylinux.names.length - 1

export function policyVersion(policy: number): readonly [number, number] {
  const [, major, minor] = /_(\d+)_(\d+)$/.exec(manylinux.names[policy] ?? '') ?? []
  return [Number(major), Number(minor)]
}

/** Tags of a policy: its name, then its older names; `linux_*` for LINUX. */
export function tagsOfPolicy(fit: Pick<LinuxFit, 'names' | 'arch'>, policy: number): readonly string[] {
  const name = fit.names[policy]
  if (name === undefined) return [`linux_${fit.arch}`]
  return [name, ...(ALIASES[name] ?? [])].map(one => `${one}_${fit.arch}`)
}
