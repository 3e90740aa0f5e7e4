import type { Wheel } from '../distribution/distribution.js'
import { installedPath } from '../distribution/members.js'
import { groupBy } from '../group-by.js'
import type { ElfFile, MachoFile, NativeFile, PeFile } from '../native/file.js'
import { oncePer } from '../once.js'
import { isRoot, linkageOf, neededNames } from '../platform/linkage.js'
import { isPythonDylib, isSystemDylib, loadedDylibs, minimumOf, versionText } from '../platform/macos.js'
import { compareVersions, type LinuxTag } from '../platform/platform-tag.js'
import { isSystemLibrary } from '../platform/policy.js'
import { isDriverLibrary } from '../platform/providers.js'
import { basename, isLoadableSlice, nativeSubject } from '../platform/subject.js'
import { isInterpreterRuntime, isPythonDll, isSystemDll } from '../platform/windows.js'
import { providerIn } from '../provider.js'
import { componentFor, readSboms } from '../views/sboms.js'
import type { ShownLibrary, ShownNative } from './shown.js'

/** The binaries of a wheel, and where the libraries that they load come from. */
export const shownNatives = oncePer((wheel: Wheel): readonly ShownNative[] =>
  nativeSubject(wheel).natives.map(file => shownNative(wheel, file)),
)

function shownNative(wheel: Wheel, file: NativeFile): ShownNative {
  const { path, format, size, debugSize, problems } = file
  return {
    path,
    format,
    role: roleOf(wheel, file),
    architectures: architectures(file),
    size,
    debugSize,
    soname: sonameOf(file),
    minimumOs: minimumOs(file),
    searchPaths: searchPaths(file),
    libraries: librariesOf(wheel, file),
    problems: problems.length > 0 ? problems : undefined,
  }
}

function roleOf(wheel: Wheel, file: NativeFile): ShownNative['role'] {
  const { loadable, isExtension } = nativeSubject(wheel)
  if (!loadable.includes(file)) return 'other'
  if (isExtension(file)) return 'extension'
  const isProgram =
    (file.format === 'elf' && (file.type === 2 || (file.pie && file.interpreter !== undefined))) ||
    (file.format === 'macho' && file.slices.some(({ type }) => type === 2)) ||
    (file.format === 'pe' && !file.dll)
  return isProgram ? 'program' : 'library'
}

function architectures(file: NativeFile): readonly string[] {
  if (file.format === 'macho') return file.slices.map(({ arch, cpu }) => arch ?? `cpu ${cpu}`)
  if (file.format === 'elf' || file.format === 'pe') return [file.arch ?? `machine ${file.machine}`]
  return file.format === 'wasm' ? [file.memory64 ? 'wasm64' : 'wasm32'] : []
}

function sonameOf(file: NativeFile): string | undefined {
  if (file.format === 'elf') return file.soname
  return file.format === 'macho' ? file.slices.flatMap(({ id }) => id ?? [])[0] : undefined
}

/** The highest of the slices. */
function minimumOs(file: NativeFile): string | undefined {
  if (file.format === 'elf') return file.androidApi === undefined ? undefined : `Android API level ${file.androidApi}`
  if (file.format !== 'macho') return undefined
  const minimums = file.slices.filter(isLoadableSlice).flatMap(slice => {
    const minimum = minimumOf(slice)
    return minimum ? [minimum] : []
  })
  const [first, ...rest] = minimums
  return first && versionText(rest.reduce((a, b) => (compareVersions(b, a) > 0 ? b : a), first))
}

const MOST_PATHS = 50

function searchPaths(file: NativeFile): readonly string[] | undefined {
  const paths =
    file.format === 'elf'
      ? [file.rpath, file.runpath].flatMap(text => text?.split(':', MOST_PATHS) ?? [])
      : file.format === 'macho'
        ? [...new Set(file.slices.flatMap(({ rpaths }) => rpaths))].slice(0, MOST_PATHS)
        : []
  return paths.length > 0 ? paths : undefined
}

function librariesOf(wheel: Wheel, file: NativeFile): readonly ShownLibrary[] {
  switch (file.format) {
    case 'elf':
      return elfLibraries(wheel, file)
    case 'macho':
      return machoLibraries(wheel, file)
    case 'pe':
      return peLibraries(wheel, file)
    case 'wasm':
      return [...new Set(file.needed)].map(name => inWheel(wheel, name, byBase(wheel).get(basename(name))?.[0]))
    case 'ar':
      return []
  }
}

/** Members by the last part of their path. */
const byBase = oncePer((wheel: Wheel) =>
  groupBy(
    wheel.members.files.map(({ path }) => path),
    path => basename(path),
  ),
)

const byLowerBase = oncePer((wheel: Wheel) =>
  groupBy(
    wheel.members.files.map(({ path }) => path),
    path => basename(path).toLowerCase(),
  ),
)

const inWheel = (wheel: Wheel, name: string, path: string | undefined): ShownLibrary =>
  path === undefined ? { name, from: 'unknown' } : { name, from: 'wheel', path, version: versionOf(wheel, path) }

/** What SBOMs and file names say of a library's version. */
const versions = oncePer((_: Wheel) => new Map<string, string | undefined>())

function versionOf(wheel: Wheel, path: string): string | undefined {
  const known = versions(wheel)
  if (!known.has(path)) {
    const listed = wheel.sboms.length > 0 ? componentFor(wheel, path, componentsOf(wheel))?.version : undefined
    known.set(path, listed ?? namedVersion(basename(path)))
  }
  return known.get(path)
}

const componentsOf = oncePer((wheel: Wheel) => readSboms(wheel).flatMap(({ components }) => components))

/** `libpng16-1a2b3c4d.so.16.43.0` → `16.43.0`, `libjpeg.62.4.0.dylib` → `62.4.0`; one number alone says too little. */
function namedVersion(base: string): string | undefined {
  if (base.length > 255) return undefined
  const [, elf] = /\.so\.([0-9]+(?:\.[0-9]+)+)$/.exec(base) ?? []
  const [, macho] = /\.([0-9]+(?:\.[0-9]+)+)\.dylib$/.exec(base) ?? []
  return elf ?? macho
}

/** What neither the wheel nor the system has. */
function elsewhere(wheel: Wheel, name: string, file: NativeFile): ShownLibrary {
  const provider = providers(wheel, name, file)
  if (provider)
    return { name, from: 'distribution', distribution: provider.name, ...(provider.extra && { extra: true }) }
  return { name, from: isDriverLibrary(name) ? 'driver' : 'unknown' }
}

/** By library, and by the search path that may name a folder of the distribution. */
const providersOf = oncePer((_: Wheel) => new Map<string, ReturnType<typeof providerIn>>())

function providers(wheel: Wheel, name: string, file: NativeFile): ReturnType<typeof providerIn> {
  const known = providersOf(wheel)
  const key = JSON.stringify([name, file.format === 'elf' ? (file.runpath ?? file.rpath ?? '') : ''])
  if (!known.has(key)) known.set(key, providerIn(wheel, name, [file]))
  return known.get(key)
}

/** The tag that promises least for a file: the first of its system's. */
function linuxTag(wheel: Wheel, { arch }: ElfFile): LinuxTag | 'android' | undefined {
  const { platforms } = nativeSubject(wheel)
  if (platforms.some(({ os }) => os === 'android')) return 'android'
  const linux = platforms.filter(tag => tag.os === 'linux')
  return linux.find(tag => tag.arch === arch) ?? linux[0]
}

/** Files that load a library, of which so many are asked. */
const MOST_LOADERS = 20

/** By library, what is loaded with the files that load it: a library without search paths of its own is found by theirs. */
const loadersOf = oncePer((wheel: Wheel) => {
  const { elf } = nativeSubject(wheel)
  const needed = neededNames(elf)
  const found = new Map<ElfFile, ReadonlyMap<string, ElfFile | undefined>[]>()
  for (const root of elf) {
    if (!isRoot(root, needed, nativeSubject(wheel).isExtension(root))) continue
    const tree = linkageOf(wheel).tree(root)
    for (const file of new Set(tree.values())) {
      const trees = file && (found.get(file) ?? [])
      if (!trees || trees.length === MOST_LOADERS) continue
      trees.push(tree)
      found.set(file, trees)
    }
  }
  return found
})

function elfLibraries(wheel: Wheel, file: ElfFile): readonly ShownLibrary[] {
  const tag = linuxTag(wheel, file)
  const trees = [linkageOf(wheel).tree(file), ...(loadersOf(wheel).get(file) ?? [])]
  const asked = new Map(file.versionNeeds.map(({ library, versions }) => [library, versions]))
  return [...new Set(file.needed)].map(name => {
    const symbols = asked.get(name)
    const said = { ...(symbols && symbols.length > 0 && { symbols }) }
    if (/^libpython\d/.test(basename(name))) return { name, from: 'interpreter', ...said }
    const found = trees.find(tree => tree.get(name))?.get(name)
    if (found) return { ...inWheel(wheel, name, found.path), ...said }
    if (isSystemLibrary(name, file, tag)) return { name, from: 'system', ...said }
    return { ...elsewhere(wheel, name, file), ...said }
  })
}

/** Where the wheel has what is installed there. */
const byInstalled = oncePer(
  (wheel: Wheel) => new Map(wheel.members.files.map(({ path }) => [installedPath(path), path])),
)

const dylibsOf = oncePer((wheel: Wheel) => groupBy(loadedDylibs(wheel), ({ file }) => file))

function machoLibraries(wheel: Wheel, file: MachoFile): readonly ShownLibrary[] {
  const own = new Map((dylibsOf(wheel).get(file) ?? []).map(one => [one.name, one]))
  const ids = new Set(file.slices.flatMap(({ id }) => id ?? []))
  const weak = new Map(file.slices.flatMap(({ dylibs }) => dylibs.map(one => [one.name, one.weak] as const)))
  return [...weak].flatMap(([name, isWeak]): readonly ShownLibrary[] => {
    const optional = isWeak ? { optional: true as const } : {}
    if (isSystemDylib(name)) return [{ name, from: 'system', ...optional }]
    if (ids.has(name)) return []
    if (isPythonDylib(name)) return [{ name, from: 'interpreter', ...optional }]
    const found = own.get(name)?.found
    if (found !== undefined) return [{ ...inWheel(wheel, name, byInstalled(wheel).get(found)), ...optional }]
    return [{ ...elsewhere(wheel, name, file), ...optional }]
  })
}

function peLibraries(wheel: Wheel, file: PeFile): readonly ShownLibrary[] {
  const { pythons } = nativeSubject(wheel)
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1)
  const delayed = new Map<string, boolean>()
  for (const one of file.dlls) delayed.set(one.dll, (delayed.get(one.dll) ?? true) && one.delayed)
  return [...delayed].map(([name, isDelayed]): ShownLibrary => {
    const dll = name.toLowerCase()
    const optional = isDelayed ? { optional: true as const } : {}
    if (isPythonDll(dll)) return { name, from: 'interpreter', ...optional }
    const own = byLowerBase(wheel).get(dll) ?? []
    const path = own.find(one => one.startsWith(folder)) ?? own[0]
    if (path !== undefined) return { ...inWheel(wheel, name, path), ...optional }
    if (isSystemDll(dll)) return { name, from: 'system', ...optional }
    if (isInterpreterRuntime(dll, file.arch, pythons)) return { name, from: 'interpreter', ...optional }
    return { ...elsewhere(wheel, name, file), ...optional }
  })
}
