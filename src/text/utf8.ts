import { linesOf } from './lines.js'

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true })
const ENCODER = new TextEncoder()

/** Bytes as UTF-8 text, a BOM kept as U+FEFF. Bad bytes become U+FFFD and `utf8` false. */
export function decodeUtf8(bytes: Uint8Array): { readonly text: string; readonly utf8: boolean } {
  const text = LENIENT.decode(bytes)
  return { text, utf8: !text.includes('\ufffd') || isUtf8(bytes) }
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    STRICT.decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Bytes of the text in UTF-8. */
export const utf8Length = (text: string): number => ENCODER.encode(text).length

/** Each byte as the character of that code (0 to 255), as Python's `latin1` has it; not the browsers' windows-1252. */
export function decodeLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

export function startsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** Without the incomplete line that cutting a file at a byte may leave at its end: half a line says something else. */
export function wholeLines(bytes: Uint8Array, cut: boolean): Uint8Array {
  return cut ? bytes.subarray(0, Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d)) + 1) : bytes
}

/** Without the incomplete character that cutting a file at a byte may leave at its end. */
export function wholeCharacters(bytes: Uint8Array, cut: boolean): Uint8Array {
  if (!cut) return bytes
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return length > back ? bytes.subarray(0, bytes.length - back) : bytes
    }
  }
  return bytes
}

/** Offset of the first byte that is not UTF-8, or -1. */
export function firstBadByte(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    if (length === 0) return at
    at += length
  }
  return -1
}

/** A place in the decoded text, which has U+FFFD there. */
export interface BadCharacter {
  readonly line: number
  readonly column: number
  readonly mark: string
}

/** Where the first byte stands that is not UTF-8; undefined where all is. */
export function badCharacter(bytes: Uint8Array): BadCharacter | undefined {
  const bad = firstBadByte(bytes)
  if (bad < 0) return undefined
  const before = LENIENT.decode(bytes.subarray(0, bad))
  return { ...linesOf(before).position(before.length), mark: '\ufffd' }
}

/** Length of the well-formed sequence at `at` (Unicode, table 3-7), or 0. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  const second = bytes[at + 1] ?? 0
  if (second < low || second > high) return 0
  for (let i = 2; i < length; i++) {
    const next = bytes[at + i] ?? 0
    if (next < 0x80 || next > 0xbf) return 0
  }
  return length
}
