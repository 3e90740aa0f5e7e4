import table from '../data/native/abi3.json' with { type: 'json' }
import type { Wheel } from '../distribution/distribution.js'
import type { NativeFile } from '../native/file.js'
import { isPython, symbolTables } from '../native/symbols.js'
import { oncePer } from '../once.js'
import { basename, nativeSubject } from './subject.js'
import { isExtensionName } from './suffix.js'

let byName: ReadonlyMap<string, number> | undefined
const CONDITIONS: Readonly<Record<string, string>> = table.ifdef

/** Minor version of Python 3 that brought a symbol into the Stable ABI; undefined when it is not in it. */
function stableSince(symbol: string): number | undefined {
  byName ??= new Map(
    Object.entries(table.added).flatMap(([minor, symbols]) => symbols.map(name => [name, Number(minor)])),
  )
  return byName.get(symbol)
}

/** The macro that CPython must be built with to have a symbol: `MS_WINDOWS`, `HAVE_FORK`, `Py_REF_DEBUG` … */
export function stableOnlyWith(symbol: string): string | undefined {
  return Object.hasOwn(CONDITIONS, symbol) ? CONDITIONS[symbol] : undefined
}

/** Names of Python that a file takes from the interpreter. Module entry points are what it gives. */
export function pythonImports(file: NativeFile): ReadonlySet<string> {
  const names = new Set<string>()
  for (const table of symbolTables(file))
    for (const name of table.imports)
      if (isPython(name) && !name.startsWith('PyInit_') && !name.startsWith('PyModExport_')) names.add(name)
  return names
}

/** What the binaries of a wheel take from Python, against the Stable ABI. */
export interface Abi3Use {
  /** Symbol outside the Stable ABI → members. */
  readonly nonStable: ReadonlyMap<string, readonly NativeFile[]>
  /** Symbol → the version that brought it, and members. */
  readonly stable: ReadonlyMap<string, { readonly since: number; readonly files: readonly NativeFile[] }>
  /** Lowest minor version of Python 3 that has every stable symbol used, at least 2; undefined when none is used. */
  readonly lowest: number | undefined
}

export const abi3Use = oncePer((wheel: Wheel): Abi3Use => {
  const { loadable, loadedBy } = nativeSubject(wheel)
  // Names of Python that a library of the wheel gives to those that load it. A copy of the interpreter counts as Python.
  const givers = loadable.filter(
    // PE files say which DLL they take a name from.
    file =>
      file.format !== 'pe' &&
      !/python3?[\d.]*t?\.(?:so|dylib|dll)/i.test(basename(file.path)) &&
      !isExtensionName(file.path),
  )
  const given = givers.flatMap(file => {
    const names = symbolTables(file).flatMap(table => [...table.exports].filter(isPython))
    return names.length > 0 ? [{ path: file.path, names: new Set(names) }] : []
  })
  return useOf(loadable, file => {
    if (given.length === 0) return new Set()
    const loaded = loadedBy([file])
    return new Set(given.flatMap(({ path, names }) => (loaded.has(path) ? [...names] : [])))
  })
})

/** `givenTo` says which names a file takes from other libraries. */
export function useOf(
  files: readonly NativeFile[],
  givenTo: (file: NativeFile) => ReadonlySet<string> = () => new Set(),
): Abi3Use {
  const nonStable = new Map<string, NativeFile[]>()
  const stable = new Map<string, { since: number; files: NativeFile[] }>()
  for (const file of files) {
    const given = givenTo(file)
    for (const symbol of pythonImports(file)) {
      if (given.has(symbol)) continue
      const since = stableSince(symbol)
      if (since === undefined) nonStable.set(symbol, [...(nonStable.get(symbol) ?? []), file])
      else stable.set(symbol, { since, files: [...(stable.get(symbol)?.files ?? []), file] })
    }
  }
  const since = [...stable.values()].map(one => one.since)
  return { nonStable, stable, lowest: since.length > 0 ? Math.max(2, ...since) : undefined }
}

/** Minor version that an abi3 wheel promises to work from: the highest `cp3N` among its Python tags; undefined when none. */
export function abi3Floor(pythons: readonly string[], abis: readonly string[]): number | undefined {
  if (!abis.some(abi => abi === 'abi3' || abi === 'abi3t')) return undefined
  const minors = pythons.flatMap(tag => {
    const match = /^cp3(\d{1,2})$/.exec(tag)
    return match ? [Number(match[1])] : []
  })
  return minors.length > 0 ? Math.min(...minors) : undefined
}
