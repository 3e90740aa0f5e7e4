import table from '../data/native/windlls.json' with { type: 'json' }
import metadata from '../data/native/windows-metadata.json' with { type: 'json' }
import type { Wheel } from '../distribution/distribution.js'
import { installedPath } from '../distribution/members.js'
import type { PeFile } from '../native/file.js'
import { oncePer } from '../once.js'
import { basename, nativeSubject } from './subject.js'

let system: ReadonlySet<string> | undefined

/**
 * True for a DLL of Windows 10 and later. What one architecture has, the others have: the tables list a DLL for one alone where
 * another lay in a folder that nobody looked into.
 */
export function isSystemDll(name: string): boolean {
  system ??= new Set([...Object.values(table.dlls).flat(), ...metadata.dlls])
  // Both forms of an API set: `ext-ms-*` are optional parts of Windows.
  return system.has(name) || name.startsWith('api-') || name.startsWith('ext-ms-') || name === 'combase.dll'
}

/** `msvcp140-1a2b….dll`, as delvewheel renames it, → `msvcp140.dll`. */
const unmangled = (name: string): string => name.replace(/-[0-9a-f]{8,64}(?=\.dll$)/, '')

/** True for a DLL that belongs to the interpreter. */
export function isPythonDll(name: string): boolean {
  return /^(?:python\d+t?(?:_d)?|libpypy(?:\d+\.)*\d+-c|python-native)\.dll$/.test(name)
}

/**
 * True for the C runtime that every interpreter of the tags brings: vcruntime140 from CPython 3.5 on, with its `_1` for 64
 * bits from 3.9 on, msvcr100 with 3.3 and 3.4, msvcr90 with 2.6 to 3.2. A tag of no version means one of today.
 */
export function isInterpreterRuntime(name: string, arch: string | undefined, pythons: readonly string[]): boolean {
  const versions = pythons.flatMap(tag => {
    const match = /^(?:cp|pp)([23])(\d{1,2})$/.exec(tag)
    return match ? [Number(match[1]) * 100 + Number(match[2])] : []
  })
  const oldest = versions.length > 0 ? Math.min(...versions) : 399
  if (name === 'msvcr90.dll') return oldest <= 302
  if (name === 'msvcr100.dll') return oldest === 303 || oldest === 304
  if (name === 'vcruntime140.dll') return oldest >= 305
  return name === 'vcruntime140_1.dll' && (arch === 'arm64' || (arch !== 'x86' && oldest >= 309))
}

/** Microsoft's runtime libraries, of any version. */
export function isVisualRuntime(name: string): boolean {
  return /^(?:vcruntime\d|vccorlib\d|msvcp[\d_]|msvcr[t\d]|concrt\d|mfc|vcamp\d|vcomp|ucrtbase)[\w.-]*\.dll$/.test(
    unmangled(name),
  )
}

export interface MissingDlls {
  /** DLL (lower case) → members that import it, which Windows, the interpreter and the wheel do not have. */
  readonly missing: ReadonlyMap<string, readonly PeFile[]>
}

/** IMAGE_SUBSYSTEM_NATIVE */
const NATIVE = 1

export const missingDlls = oncePer(find)

function find(wheel: Wheel): MissingDlls {
  const subject = nativeSubject(wheel)
  const own = new Set(wheel.members.files.map(member => basename(member.path).toLowerCase()))
  const missing = new Map<string, PeFile[]>()
  for (const file of loadedCopies(subject.pe)) {
    // What a driver imports is in the kernel, and the kernel loads it.
    if (file.subsystem === NATIVE) continue
    for (const { dll } of file.dlls) {
      const name = dll.toLowerCase()
      if (isSystemDll(name) || isPythonDll(name) || own.has(name)) continue
      // The program that loads it: it is a plug-in.
      if (name.endsWith('.exe')) continue
      if (isInterpreterRuntime(name, file.arch, subject.pythons)) continue
      // msvcp140 looks for it when it is first used, and works without.
      if (name === 'concrt140.dll' && unmangled(basename(file.path).toLowerCase()) === 'msvcp140.dll') continue
      const files = missing.get(name) ?? []
      if (!files.includes(file)) missing.set(name, [...files, file])
    }
  }
  return { missing }
}

/** Of two copies of a DLL delvewheel's is loaded: the package loads its directory, or searches it, before all else. */
function loadedCopies(files: readonly PeFile[]): readonly PeFile[] {
  const nameOf = (file: PeFile) => basename(file.path).toLowerCase()
  const repaired = (file: PeFile) => /^[^/]+\.libs\/[^/]+$/.test(installedPath(file.path))
  const names = new Set(files.filter(repaired).map(nameOf))
  return files.filter(file => repaired(file) || !names.has(nameOf(file)))
}
