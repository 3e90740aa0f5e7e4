import type { ElfFile, MachoSlice, NativeFile, PeFile, WasmFile } from './file.js'
import type { Image } from './image.js'

const LONGEST = 512

/** Collects the names that rules ask about while a symbol table is read. */
export interface Collected {
  readonly imports: Set<string>
  readonly weak: Set<string>
  readonly exports: Set<string>
}

export const collected = (): Collected => ({ imports: new Set(), weak: new Set(), exports: new Set() })

/** Last part of a member path up to its first dot: the module name that an extension's entry point carries. */
export function moduleName(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1)
  const dot = base.indexOf('.')
  return dot < 0 ? base : base.slice(0, dot)
}

/** `Py`, `_P`, `in`, `_c` */
const STARTS: ReadonlySet<number> = new Set([0x5079, 0x5f50, 0x696e, 0x5f63])

/**
 * The name at an offset when its first bytes say that a rule may ask about it (`Py`, `_Py`, `init`, `_cffi_pypyinit`), else
 * undefined: most of the hundred thousand names of a large library are never decoded.
 */
export function pythonName(image: Image, offset: number): string | undefined {
  if (!STARTS.has(image.u16(offset, false))) return undefined
  const name = image.text(offset, LONGEST)
  return isPython(name) || name.startsWith('init') || name.startsWith('_cffi_pypyinit_') ? name : undefined
}

export function isPython(name: string): boolean {
  return name.startsWith('Py') || name.startsWith('_Py')
}

/** Exports worth keeping: entry points, Python's own names, and Python 2's `init<module>`. */
export function keepsExport(name: string, module: string): boolean {
  return isPython(name) || name === `init${module}` || name.startsWith('_cffi_pypyinit_')
}

/** Slices of a Mach-O file, or the one record of any other: what contains symbols. */
export function symbolTables(file: NativeFile): readonly (MachoSlice | ElfFile | PeFile | WasmFile)[] {
  if (file.format === 'ar') return []
  return file.format === 'macho' ? file.slices : [file]
}

/** Modules that an extension module exports besides that of its own name; code of its own has to start them. */
export const bundledModules = (file: NativeFile): readonly string[] =>
  symbolTables(file).flatMap(({ exports }) =>
    [...exports].flatMap(name => {
      const [, module] = /^(?:PyInit|PyModExport)_(.+)$/.exec(name) ?? []
      return module === undefined || module === moduleName(file.path) ? [] : [module]
    }),
  )
