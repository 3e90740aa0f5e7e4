/** What the first bytes of a file can be. */
export type Look = 'empty' | 'zip' | 'gzip' | 'bzip2' | 'xz' | 'compress' | 'tar' | 'text' | 'other'

/** What the first bytes of a file are: for messages about a file that is not what its name says. */
export function looksLike(bytes: Uint8Array): Look {
  if (bytes.length === 0) return 'empty'
  const starts = (...magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte)
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return 'zip'
  if (starts(0x1f, 0x8b)) return 'gzip'
  if (starts(0x42, 0x5a, 0x68)) return 'bzip2'
  if (starts(0xfd, 0x37, 0x7a, 0x58, 0x5a)) return 'xz'
  if (starts(0x1f, 0x9d)) return 'compress'
  if (new TextDecoder('latin1').decode(bytes.subarray(257, 262)) === 'ustar') return 'tar'
  return isText(bytes.subarray(0, 512)) ? 'text' : 'other'
}

/** No control characters but line ends and tabs. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13)
}
