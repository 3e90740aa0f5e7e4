// Apart from the parsers, so that a wheel without binaries does not load them.
/** More slices than this under CAFEBABE is a Java class file, whose version stands there (43 and up). */
export const MOST_SLICES = 42

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
