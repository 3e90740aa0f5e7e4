import { clean } from '../archive/links.js'
import type { Wheel } from '../distribution/distribution.js'
import { installedPath } from '../distribution/members.js'
import type { MachoFile, MachoSlice } from '../native/file.js'
import { oncePer } from '../once.js'
import { basename, isLoadableSlice, nativeSubject } from './subject.js'

export interface Slice {
  readonly file: MachoFile
  readonly slice: MachoSlice
}

export function slicesOf(files: readonly MachoFile[]): readonly Slice[] {
  return files.flatMap(file => file.slices.filter(isLoadableSlice).map(slice => ({ file, slice })))
}

/** Minimum system version of a slice, major and minor: the first one it states, for one of the platforms where given. */
export function minimumOf(slice: MachoSlice, platforms?: readonly number[]): readonly [number, number] | undefined {
  const first = slice.versions.find(one => platforms === undefined || platforms.includes(one.platform))
  return first && [first.minimum >>> 16, (first.minimum >>> 8) & 0xff]
}

export const versionText = (version: readonly [number, number]) => `${version[0]}.${version[1]}`

/** Highest minimum version by architecture, over every Mach-O file: a wheel is as new as its newest part. */
export function minimumByArch(files: readonly MachoFile[]): ReadonlyMap<string, readonly [number, number]> {
  const found = new Map<string, readonly [number, number]>()
  for (const { slice } of slicesOf(files)) {
    const minimum = minimumOf(slice)
    if (!minimum || slice.arch === undefined) continue
    const known = found.get(slice.arch)
    if (!known || minimum[0] > known[0] || (minimum[0] === known[0] && minimum[1] > known[1]))
      found.set(slice.arch, minimum)
  }
  return found
}

/** True for a library of the system: these never lie in a wheel. */
export function isSystemDylib(name: string): boolean {
  return name.startsWith('/usr/lib/') || name.startsWith('/System/')
}

/** The interpreter itself, which an extension for iOS is linked with, and one for macOS must not be. */
export function isPythonDylib(name: string): boolean {
  return (
    /(?:^|\/)Python\.framework\//.test(name) ||
    /^libpython\d[\w.]*\.dylib$/.test(basename(name)) ||
    /(?:^|\/)Python3\.framework\//.test(name)
  )
}

export interface MissingDylib {
  readonly file: MachoFile
  readonly name: string
  readonly weak: boolean
}

/** A library that a file loads from outside of the system's folders. */
export interface LoadedDylib extends MissingDylib {
  /** Where the wheel has it, below site-packages. */
  readonly found: string | undefined
}

/** The libraries that Mach-O files load, as dyld would look for them in the wheel. */
export const loadedDylibs = oncePer(find)

/** Those that no member and no system directory answers to. */
export const missingDylibs = oncePer((wheel: Wheel): readonly MissingDylib[] =>
  loadedDylibs(wheel).filter(({ found }) => found === undefined),
)

/** Where no search path leads to a library, dyld looks for its name in /usr/lib, which has these. */
const FALLBACK =
  /^@rpath\/lib(?:c\+\+(?:abi)?(?:\.1)?|System(?:\.B)?|objc(?:\.A)?|z(?:\.1)?|bz2(?:\.1\.0)?|iconv(?:\.2)?|xml2(?:\.2)?|xslt(?:\.1)?|sqlite3(?:\.0)?|curl(?:\.4)?|expat(?:\.1)?|ncurses(?:\.5\.4)?|edit(?:\.3)?|resolv(?:\.9)?|ffi)\.dylib$/

function find(wheel: Wheel): readonly LoadedDylib[] {
  const members = new Set(wheel.members.files.map(member => installedPath(member.path)))
  const subject = nativeSubject(wheel)
  const rpaths = new Map(subject.macho.map(file => [file.path, rpathsOf(file)]))
  const loaders = loadersOf(subject.macho)
  const loaded: LoadedDylib[] = []
  for (const file of subject.macho) {
    const seen = new Set<string>()
    for (const slice of file.slices)
      for (const { name, weak } of slice.dylibs) {
        if (seen.has(name) || isSystemDylib(name) || name === slice.id) continue
        seen.add(name)
        // dyld searches the rpaths of anyone who loaded this file as well.
        const chain = [file, ...(loaders.get(basename(file.path)) ?? [])]
        const places = chain.flatMap(one => rpaths.get(one.path) ?? [])
        const found = candidates(name, file, chain, places).find(path => members.has(path))
        if (found === undefined && FALLBACK.test(name)) continue
        loaded.push({ file, name, weak, found })
      }
  }
  return loaded
}

function rpathsOf(file: MachoFile): readonly string[] {
  return [...new Set(file.slices.flatMap(slice => slice.rpaths))].flatMap(path => relative(path, file) ?? [])
}

function loadersOf(files: readonly MachoFile[]): ReadonlyMap<string, readonly MachoFile[]> {
  const found = new Map<string, MachoFile[]>()
  for (const file of files)
    for (const name of new Set(file.slices.flatMap(slice => slice.dylibs.map(one => basename(one.name)))))
      found.set(name, [...(found.get(name) ?? []), file])
  return found
}

function candidates(
  name: string,
  file: MachoFile,
  chain: readonly MachoFile[],
  rpaths: readonly string[],
): readonly string[] {
  if (name.startsWith('@rpath/')) {
    const rest = name.slice('@rpath/'.length)
    return rpaths.flatMap(folder => clean(`${folder}/${rest}`) ?? [])
  }
  return (name.startsWith('@executable_path') ? chain : [file]).flatMap(one => relative(name, one) ?? [])
}

/** MH_EXECUTE. */
const isProgram = (file: MachoFile): boolean => file.slices.some(({ type }) => type === 2)

/**
 * A path that begins with `@loader_path`, or in a program with `@executable_path`, below site-packages; undefined for any
 * other. The program that loads an extension module is Python.
 */
function relative(text: string, file: MachoFile): string | undefined {
  const match = (isProgram(file) ? /^@(?:loader|executable)_path(?=\/|$)/ : /^@loader_path(?=\/|$)/).exec(text)
  if (!match) return undefined
  const folder = installedPath(file.path).split('/').slice(0, -1).join('/')
  return clean(`${folder}${text.slice(match[0].length)}`)
}
