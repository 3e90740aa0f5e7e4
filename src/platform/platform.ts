import type { Wheel } from '../distribution/distribution.js'
import type { NativeFile } from '../native/file.js'
import { compareText } from '../text/python.js'
import { abi3Floor, abi3Use } from './abi3.js'
import { isPythonDylib, minimumByArch, missingDylibs, versionText } from './macos.js'
import { compareVersions, type PlatformTag } from './platform-tag.js'
import { LINUX, type LinuxFit, linuxFit, policyOfTag, tagsOfPolicy } from './policy.js'
import { nativeSubject } from './subject.js'
import { missingDlls } from './windows.js'

/** What a platform wheel can run on, as the JSON report has it in `distributions[].platform`. */
export interface PlatformReport {
  /** Lowest tags its contents fit, each followed by its older names. */
  readonly fits: readonly string[]
  /** GLIBC, GLIBCXX … → versions that its ELF files ask for. */
  readonly symbolVersions: Readonly<Record<string, readonly string[]>>
  /** Library from outside, at the policy of its tag → members that need it. */
  readonly external: Readonly<Record<string, readonly string[]>>
  /** Library that neither the wheel, nor the system, nor the interpreter has → members that need it. */
  readonly missing: Readonly<Record<string, readonly string[]>>
  readonly minimumOs: Readonly<Record<string, string>>
  readonly pythonAbi: {
    readonly tag: string
    /** Lowest version an abi3 wheel works on, `3.8`. */
    readonly abi3Lowest?: string
    readonly nonStable: readonly string[]
    readonly tooNew: Readonly<Record<string, string>>
  }
}

/** Undefined for a wheel without a platform tag, or one that contains no binary. */
export function platformOf(wheel: Wheel): PlatformReport | undefined {
  const subject = nativeSubject(wheel)
  const platforms = subject.platforms.filter(tag => tag.os !== 'any')
  if (platforms.length === 0 || subject.natives.length === 0) return undefined
  return {
    fits: [...new Set(platforms.flatMap(tag => fitting(wheel, tag)))],
    symbolVersions: symbolVersions(wheel, platforms),
    external: external(wheel, platforms),
    missing: missing(wheel, platforms),
    minimumOs: record([...minimumByArch(subject.macho)].map(([arch, version]) => [arch, versionText(version)])),
    pythonAbi: pythonAbi(wheel),
  }
}

/** A plain object of pairs, sorted by key; keys come from files. */
function record<T>(pairs: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const sorted = [...pairs].sort((a, b) => (a[0] < b[0] ? -1 : 1))
  return Object.fromEntries(sorted)
}

const paths = (files: readonly NativeFile[]) => files.map(file => file.path)

/** The fit of an ELF wheel for one tag, with the C library that its tag or its files name. */
export function fitOfTag(wheel: Wheel, tag: PlatformTag): LinuxFit | undefined {
  if (tag.os === 'android') return linuxFit(wheel, 'android', tag.arch)
  if (tag.os !== 'linux') return undefined
  if (tag.libc) return linuxFit(wheel, tag.libc, tag.arch)
  const glibc = linuxFit(wheel, 'glibc', tag.arch)
  const musl = linuxFit(wheel, 'musl', tag.arch)
  // Files that name no C library count for both.
  return (musl?.files.length ?? 0) > (glibc?.files.length ?? 0) ? musl : glibc
}

/** Lowest tags that the contents fit. */
function fitting(wheel: Wheel, tag: PlatformTag): readonly string[] {
  const subject = nativeSubject(wheel)
  if (tag.os === 'linux') {
    const fit = fitOfTag(wheel, tag)
    if (!fit) return []
    if (tag.arch === 'armv6l' || fit.overall === LINUX) return [`linux_${tag.arch}`]
    // Nothing in a file tells one musl version from the next: the tag's own stands.
    if (fit.libc === 'musl') return tag.libc === 'musl' ? [tag.tag] : [`musllinux_1_2_${tag.arch}`]
    return tagsOfPolicy(fit, fit.overall)
  }
  if (tag.os === 'macos') {
    const tag = macosTag(minimumByArch(subject.macho))
    return tag === undefined ? [] : [tag]
  }
  if (tag.os === 'ios') {
    const [minimum] = minimumByArch(subject.macho).values()
    return minimum
      ? [`ios_${minimum[0]}_${minimum[1]}_${tag.arch}_${tag.simulator ? 'iphonesimulator' : 'iphoneos'}`]
      : []
  }
  if (tag.os === 'android') {
    const levels = subject.elf.flatMap(file => file.androidApi ?? [])
    return levels.length > 0 ? [`android_${Math.max(...levels)}_${tag.abi}`] : []
  }
  if (tag.os === 'windows') {
    const archs = new Set(subject.pe.filter(file => !file.managed).map(file => file.arch))
    return archs.has(tag.arch) ? [tag.tag] : []
  }
  return subject.wasm.length > 0 ? [tag.tag] : []
}

/** Names of the sets of architectures that have one. */
const MACOS_SETS: Readonly<Record<string, string>> = { 'arm64 x86_64': 'universal2', 'i386 x86_64': 'intel' }

/** Lowest macOS tag for these minimum versions, as delocate names it. */
export function macosTag(minimums: ReadonlyMap<string, readonly [number, number]>): string | undefined {
  const archs = [...minimums.keys()].sort()
  if (archs.length === 0) return undefined
  let version: readonly [number, number] = [0, 0]
  for (const [arch, minimum] of minimums) {
    // arm64 begins with 11.0: next to another architecture that goes without saying.
    if (arch === 'arm64' && archs.length > 1 && minimum[0] <= 11) continue
    const floor = arch === 'arm64' && minimum[0] < 11 ? ([11, 0] as const) : minimum
    if (compareVersions(floor, version) > 0) version = floor
  }
  const [major, minor] = version[0] === 0 ? [11, 0] : version
  return `macosx_${major}_${major >= 11 ? 0 : minor}_${MACOS_SETS[archs.join(' ')] ?? archs.join('_')}`
}

function symbolVersions(wheel: Wheel, platforms: readonly PlatformTag[]) {
  const found = new Map<string, Set<string>>()
  for (const tag of platforms)
    for (const { version } of fitOfTag(wheel, tag)?.demands ?? []) {
      const mark = version.indexOf('_')
      const prefix = version.slice(0, mark)
      found.set(prefix, (found.get(prefix) ?? new Set()).add(version.slice(mark + 1)))
    }
  return record([...found].map(([prefix, versions]) => [prefix, [...versions].sort(byNumber)]))
}

/** `2.9` before `2.17`, and what is not a number (`PRIVATE`) last. Intl's collator would take 15 ms to load. */
function byNumber(a: string, b: string): number {
  const [x, y] = [a.split('.'), b.split('.')]
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = Number(x[i] ?? -1) - Number(y[i] ?? -1)
    const order = Number.isNaN(difference) ? compareText(x[i] ?? '', y[i] ?? '') : difference
    if (order !== 0) return order
  }
  return 0
}

/** The oldest policy among the tags is the promise. */
export function externalOf(wheel: Wheel, tag: PlatformTag): ReadonlyMap<string, readonly NativeFile[]> {
  const fit = fitOfTag(wheel, tag)
  if (!fit) return new Map()
  return fit.external(tag.os === 'linux' ? (policyOfTag(tag) ?? newest(fit)) : newest(fit))
}

const newest = (fit: LinuxFit) => fit.names.length - 1

function external(wheel: Wheel, platforms: readonly PlatformTag[]) {
  const found = new Map<string, readonly string[]>()
  for (const tag of platforms) for (const [name, files] of externalOf(wheel, tag)) found.set(name, paths(files))
  return record(found)
}

function missing(wheel: Wheel, platforms: readonly PlatformTag[]) {
  const found = new Map<string, readonly string[]>()
  if (platforms.some(tag => tag.os === 'windows'))
    for (const [name, files] of missingDlls(wheel).missing) found.set(name, paths(files))
  if (platforms.some(tag => tag.os === 'macos' || tag.os === 'ios'))
    for (const { name, file } of missingDylibs(wheel))
      if (!isPythonDylib(name)) found.set(name, [...(found.get(name) ?? []), file.path])
  return record(found)
}

function pythonAbi(wheel: Wheel): PlatformReport['pythonAbi'] {
  const { abis, pythons } = nativeSubject(wheel)
  const tag = wheel.name
    ? `${wheel.name.python.join('.')}-${wheel.name.abi.join('.')}`
    : `${pythons.join('.')}-${abis.join('.')}`
  const floor = abi3Floor(pythons, abis)
  if (floor === undefined) return { tag, nonStable: [], tooNew: {} }
  const use = abi3Use(wheel)
  return {
    tag,
    ...(use.lowest === undefined ? {} : { abi3Lowest: `3.${use.lowest}` }),
    nonStable: [...use.nonStable.keys()].sort(),
    tooNew: record(
      [...use.stable].filter(([, one]) => one.since > floor).map(([name, one]) => [name, `3.${one.since}`]),
    ),
  }
}
