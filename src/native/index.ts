import { parseAr } from './ar.js'
import { parseElf } from './elf.js'
import type { NativeFile } from './file.js'
import { type Image, wholeImage } from './image.js'
import { parseMacho } from './macho.js'
import { looksNative, MAGIC_SIZE } from './magic.js'
import { isPe, parsePe } from './pe.js'
import { parseWasm } from './wasm.js'

export type * from './file.js'
export { looksNative, MAGIC_SIZE } from './magic.js'

/** Header facts of a binary; undefined when the bytes are none. Never throws: what is impossible is in `problems`. */
export function parseNative(path: string, bytes: Uint8Array): NativeFile | undefined {
  return parseImage(path, wholeImage(bytes))
}

/** The same for a member of which only pieces were kept. */
export function parseImage(path: string, image: Image): NativeFile | undefined {
  const first = image.bytes(0, Math.min(MAGIC_SIZE, image.size))
  if (!looksNative(first)) return undefined
  switch (first[0]) {
    case 0x7f:
      return parseElf(path, image)
    case 0x4d:
      return isPe(image) ? parsePe(path, image) : undefined
    case 0x00:
      return parseWasm(path, image)
    case 0x21:
      return parseAr(path, image)
    default:
      return parseMacho(path, image)
  }
}
