import table from '../data/native/windlls.json' with { type: 'json' }
import type { Wheel } from '../distribution/distribution.js'
import type { PeFile } from '../native/file.js'
import { oncePer } from '../once.js'
import { basename, nativeSubject } from './subject.js'

/** Bits of the table's architectures. */
const BITS: Readonly<Record<string, number>> = { x86: 1, amd64: 2, arm64: 4 }
let system: ReadonlyMap<string, number> | undefined

/** DLLs of Windows 10 that are absent from the table, which is of Windows 7 on. */
const NEWER: Readonly<Record<string, number>> = {
  'd3dcompiler_47.dll': 7,
  'd3d12.dll': 7,
  'gdiplus.dll': 7,
  'opengl32.dll': 7,
  'glu32.dll': 7,
  'dxgi.dll': 7,
  'd3d11.dll': 7,
}

/** True for a DLL that Windows has, for programs of this architecture. */
function isSystemDll(name: string, arch: string | undefined, wider = true): boolean {
  system ??= new Map(Object.entries(table.dlls).flatMap(([bits, names]) => names.map(one => [one, Number(bits)])))
  const bit = BITS[arch ?? ''] ?? 7
  if (((system.get(name) ?? 0) & bit) !== 0) return true
  if (name.startsWith('api-') || name === 'combase.dll') return true
  // Both forms of an API set: `ext-ms-*` are optional parts of Windows.
  return wider && (name.startsWith('ext-ms-') || ((Object.hasOwn(NEWER, name) ? (NEWER[name] ?? 0) : 0) & bit) !== 0)
}

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
  return /^(?:vcruntime\d|vccorlib\d|msvcp[\d_]|msvcr[t\d]|concrt\d|mfc|vcamp\d|vcomp|ucrtbase)[\w.-]*\.dll$/.test(name)
}

export interface MissingDlls {
  /** DLL (lower case) → members that import it, which Windows, the interpreter and the wheel lack. */
  readonly missing: ReadonlyMap<string, readonly PeFile[]>
}

export const missingDlls = oncePer(find)

function find(wheel: Wheel): MissingDlls {
  const subject = nativeSubject(wheel)
  const own = new Set(wheel.members.files.map(member => basename(member.path).toLowerCase()))
  const missing = new Map<string, PeFile[]>()
  for (const file of subject.pe)
    for (const { dll } of file.dlls) {
      const name = dll.toLowerCase()
      if (isSystemDll(name, file.arch) || isPythonDll(name) || own.has(name)) continue
      if (isInterpreterRuntime(name, file.arch, subject.pythons)) continue
      // msvcp140 looks for it when it is first used, and works without.
      if (name === 'concrt140.dll' && basename(file.path).toLowerCase() === 'msvcp140.dll') continue
      const files = missing.get(name) ?? []
      if (!files.includes(file)) missing.set(name, [...files, file])
    }
  return { missing }
}
