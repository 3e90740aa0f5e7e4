import { parseAr } from './ar.js'
import { parseElf } from './elf.js'
import type { NativeFile } from './file.js'
import { type Image, wholeImage } from './image.js'
import { MOST_SLICES, parseMacho } from './macho.js'
import { isPe, parsePe } from './pe.js'
import { parseWasm } from './wasm.js'

export type * from './file.js'

/** Bytes of a member's beginning that say whether it is a binary. */
export const MAGIC_SIZE = 8

/**
 * True when a member begins like a binary: by its first eight bytes, never by its name. CAFEBABE with more than 42
 * architectures is a Java class; whether `MZ` is PE shows only later, in `parseNative`.
 */
export function looksNative(first: Uint8Array): boolean {
  const [a, b, c, d, e, f, g, h] = first
  switch (a) {
    case 0x7f:
      return b === 0x45 && c === 0x4c && d === 0x46
    case 0x4d:
      return b === 0x5a
    case 0xfe:
      return b === 0xed && c === 0xfa && (d === 0xce || d === 0xcf)
    case 0xce:
    case 0xcf:
      return b === 0xfa && c === 0xed && d === 0xfe
    case 0xca:
      return (
        b === 0xfe &&
        c === 0xba &&
        (d === 0xbe || d === 0xbf) &&
        e === 0 &&
        f === 0 &&
        g === 0 &&
        (h ?? 255) <= MOST_SLICES &&
        h !== 0
      )
    case 0x00:
      return b === 0x61 && c === 0x73 && d === 0x6d
    case 0x21:
      // `!<arch>\n` and `!<thin>\n`
      return (
        b === 0x3c &&
        g === 0x3e &&
        h === 0x0a &&
        ((c === 0x61 && d === 0x72 && e === 0x63 && f === 0x68) ||
          (c === 0x74 && d === 0x68 && e === 0x69 && f === 0x6e))
      )
    default:
      return false
  }
}

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
