import table from '../data/native/windlls.json' with { type: 'json' }
import type { Wheel } from '../distribution/distribution.js'
import type { PeFile } from './file.js'
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
export function isSystemDll(name: string, arch: string | undefined, wider = true): boolean {
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

/** The C runtime that an interpreter for Windows brings: from CPython 3.5 on vcruntime140, for 64 bits with its `_1`. */
export function isInterpreterRuntime(name: string, arch: string | undefined): boolean {
  return name === 'vcruntime140.dll' || (name === 'vcruntime140_1.dll' && arch !== 'x86')
}

/** Microsoft's runtime libraries, of any version. */
export function isVisualRuntime(name: string): boolean {
  return /^(?:vcruntime\d|vccorlib\d|msvcp[\d_]|msvcr[t\d]|concrt\d|mfc|vcamp\d|vcomp|ucrtbase)[\w.-]*\.dll$/.test(name)
}

export interface MissingDlls {
  /** DLL (lower case) → members that import it, which Windows, the interpreter and the wheel lack. */
  readonly missing: ReadonlyMap<string, readonly PeFile[]>
}

const known = new WeakMap<Wheel, MissingDlls>()

export function missingDlls(wheel: Wheel): MissingDlls {
  let found = known.get(wheel)
  if (!found) {
    found = find(wheel)
    known.set(wheel, found)
  }
  return found
}

function find(wheel: Wheel): MissingDlls {
  const subject = nativeSubject(wheel)
  const own = new Set(wheel.members.files.map(member => basename(member.path).toLowerCase()))
  const missing = new Map<string, PeFile[]>()
  for (const file of subject.pe)
    for (const { dll } of file.dlls) {
      const name = dll.toLowerCase()
      if (isSystemDll(name, file.arch) || isPythonDll(name) || own.has(name)) continue
      if (isInterpreterRuntime(name, file.arch)) continue
      const files = missing.get(name) ?? []
      if (!files.includes(file)) missing.set(name, [...files, file])
    }
  return { missing }
}
