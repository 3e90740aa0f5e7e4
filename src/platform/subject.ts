import type { Wheel } from '../distribution/distribution.js'
import { installedPath } from '../distribution/members.js'
import { groupBy } from '../group-by.js'
import type { ElfFile, MachoFile, MachoSlice, NativeFile, PeFile, WasmFile } from '../native/file.js'
import { moduleName, symbolTables } from '../native/symbols.js'
import { once, oncePer } from '../once.js'
import { type PlatformTag, parsePlatformTag } from './platform-tag.js'
import { isExtensionName } from './suffix.js'

/** What rules ask of a wheel's binaries as a whole; made once a wheel. */
export interface NativeSubject {
  readonly natives: readonly NativeFile[]
  /** Programs and shared libraries: no static libraries, object files or debug symbols, no bare WebAssembly data. */
  readonly loadable: readonly NativeFile[]
  readonly elf: readonly ElfFile[]
  readonly macho: readonly MachoFile[]
  readonly pe: readonly PeFile[]
  readonly wasm: readonly WasmFile[]
  /** Platform tags of the file name, each once: installers choose by it. Those of WHEEL where it is not a wheel's name. */
  readonly platforms: readonly PlatformTag[]
  /** Python and ABI tags, from there too. */
  readonly pythons: readonly string[]
  readonly abis: readonly string[]
  /** True for a member that Python imports: by its suffix, or its entry point. */
  isExtension(file: NativeFile): boolean
  /** True for a module of the standard library that the wheel contains with a Python, to ship it with programs. */
  isOfPython(file: NativeFile): boolean
  /** True for an extension, and for a library that one loads, directly or not, by its name. */
  isReachable(path: string): boolean
  /** Paths of these files, and of the libraries that they load, directly or not, by their names. */
  loadedBy(files: readonly NativeFile[]): ReadonlySet<string>
  /** Member path → where it lies in site-packages. */
  installed(path: string): string
}

export const nativeSubject = oncePer(describe)

function describe(wheel: Wheel): NativeSubject {
  const natives = [...wheel.natives.values()]
  const loadable = natives.filter(isLoadable)
  const triples = (wheel.wheelFile?.all('Tag') ?? []).map(field => field.value.trim().toLowerCase().split('-'))
  const part = (index: number, named: readonly string[] | undefined) => [
    ...new Set(
      named ?? triples.filter(triple => triple.length === 3).flatMap(triple => (triple[index] ?? '').split('.')),
    ),
  ]
  const platforms = part(2, wheel.name?.platform).flatMap(tag => parsePlatformTag(tag) ?? [])
  const byName = once(() => groupBy(loadable, nameForLoader))
  const loadedBy = (files: readonly NativeFile[]) => reachableFrom(files, byName())
  const pythons = once(() => foldersOfPython(loadable))
  const reachable = once(() => loadedBy(loadable.filter(isExtension)))
  return {
    natives,
    loadable,
    elf: loadable.filter(file => file.format === 'elf'),
    macho: loadable.filter(file => file.format === 'macho'),
    pe: loadable.filter(file => file.format === 'pe'),
    wasm: loadable.filter(file => file.format === 'wasm'),
    platforms,
    pythons: part(0, wheel.name?.python),
    abis: part(1, wheel.name?.abi),
    isExtension,
    isOfPython: ({ path }) => pythons().has(folderOf(path)),
    isReachable: path => reachable().has(path),
    loadedBy,
    installed: installedPath,
  }
}

/** False for an object file, and for the debug symbols of a `.dSYM` bundle (MH_OBJECT, MH_DSYM). */
export function isLoadableSlice({ type }: MachoSlice): boolean {
  return type !== 1 && type !== 10
}

function isLoadable(file: NativeFile): boolean {
  if (file.format === 'elf') return file.type === 2 || file.type === 3
  if (file.format === 'macho') return file.slices.some(isLoadableSlice)
  if (file.format === 'wasm') return file.dylink || isExtensionName(file.path)
  return file.format === 'pe'
}

/** Modules that every Python for which the standard library is compiled separately has. */
const OF_PYTHON =
  /^(?:_(?:asyncio|bz2|ctypes|decimal|elementtree|hashlib|lzma|queue|socket|sqlite3|ssl)|pyexpat|select|unicodedata)$/
/** So many of them are no coincidence. */
const SURELY_PYTHON = 6

/** Folders with the compiled modules of a standard library. */
function foldersOfPython(files: readonly NativeFile[]): ReadonlySet<string> {
  const names = groupBy(
    files.filter(({ path }) => OF_PYTHON.test(moduleName(path))),
    ({ path }) => folderOf(path),
  )
  return new Set([...names].flatMap(([folder, all]) => (all.length >= SURELY_PYTHON ? folder : [])))
}

const ENTRY_POINTS = ['PyInit_', 'PyModExport_', 'init', '_cffi_pypyinit_'] as const

/** True when it exports what an import of this file would call. */
export function hasEntryPoint(file: NativeFile): boolean {
  const module = moduleName(file.path)
  const names = ENTRY_POINTS.map(prefix => prefix + module)
  return symbolTables(file).some(({ exports }) => names.some(name => exports.has(name)))
}

/** A program is started separately. */
export const isProgram = (file: NativeFile): boolean =>
  (file.format === 'elf' && (file.type === 2 || file.interpreter !== undefined)) ||
  (file.format === 'macho' && file.slices.some(slice => slice.type === 2))

function isExtension(file: NativeFile): boolean {
  return isExtensionName(file.path) || hasEntryPoint(file)
}

/** The name that others load a file by: Windows compares without case. */
export const nameForLoader = ({ path, format }: NativeFile): string =>
  format === 'pe' ? basename(path).toLowerCase() : basename(path)

/** Names of the libraries a file loads, without directories, in lower case for Windows. */
export function loads(file: NativeFile): readonly string[] {
  if (file.format === 'elf' || file.format === 'wasm') return file.needed.map(basename)
  if (file.format === 'macho') return file.slices.flatMap(slice => slice.dylibs.map(one => basename(one.name)))
  if (file.format === 'pe') return file.dlls.map(one => one.dll.toLowerCase())
  return []
}

function reachableFrom(
  files: readonly NativeFile[],
  byName: ReadonlyMap<string, readonly NativeFile[]>,
): ReadonlySet<string> {
  const reached = new Set(files.map(file => file.path))
  const waiting = [...files]
  for (let file = waiting.pop(); file; file = waiting.pop())
    for (const name of loads(file))
      for (const next of byName.get(name) ?? [])
        if (!reached.has(next.path)) {
          reached.add(next.path)
          waiting.push(next)
        }
  return reached
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
