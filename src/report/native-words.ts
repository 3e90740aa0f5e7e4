import type { LibraryOrigin, ShownNative } from '../show/shown.js'

/** Where a library comes from, in a word or two. */
export const ORIGIN_WORDS: Readonly<Record<LibraryOrigin, string>> = {
  wheel: 'in the wheel',
  system: 'system',
  interpreter: 'Python',
  distribution: 'other project',
  driver: 'driver',
  unknown: 'not found',
}

export const FORMAT_WORDS: Readonly<Record<ShownNative['format'], string>> = {
  elf: 'ELF',
  macho: 'Mach-O',
  pe: 'PE',
  wasm: 'WebAssembly',
  ar: 'static library',
}
