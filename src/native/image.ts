/** A piece of a member that was kept. */
export interface Piece {
  readonly offset: number
  readonly bytes: Uint8Array
}

/** A stretch of a member, in bytes. */
export interface Range {
  readonly offset: number
  readonly length: number
}

/**
 * The bytes of a member, whole or in pieces. Reading never fails: what lies outside the member, or was not kept, reads as
 * zero. What was not kept is noted, so that a second look at the member can fetch it.
 */
export interface Image {
  /** Bytes of the whole member. */
  readonly size: number
  /** True when [offset, offset + length) lies inside the member. */
  has(offset: number, length: number): boolean
  /** True when the stretch was kept. Unlike `want` it asks for nothing. */
  holds(offset: number, length: number): boolean
  /** True when the stretch can be read now; one inside the member that was not kept is noted as missing. */
  want(offset: number, length: number): boolean
  u8(offset: number): number
  u16(offset: number, little: boolean): number
  u32(offset: number, little: boolean): number
  /** As a number: above 2^53 it is inexact, which is outside any member. */
  u64(offset: number, little: boolean): number
  /** Bytes as they lie in memory; empty when they cannot be read. Valid only while the image is. */
  bytes(offset: number, length: number): Uint8Array
  /** NUL-terminated text at `offset`, at most `limit` bytes, as UTF-8 where it is and else as Latin-1. */
  text(offset: number, limit: number): string
  /** What was asked for and was not kept, sorted and joined. */
  missing(): readonly Range[]
}

const PAGE = 4096
const MOST_MISSING = 20_000
const EMPTY = new Uint8Array(0)

/** An image of a whole member. */
export function wholeImage(bytes: Uint8Array): Image {
  return piecesImage(bytes.length, [{ offset: 0, bytes }])
}

/** An image of the pieces that were kept; they do not overlap. At most `budget` bytes are asked for. */
export function piecesImage(size: number, pieces: readonly Piece[], budget = 0): Image {
  const missing = new Map<number, number>()
  let asked = 0
  let start = 0
  let bytes: Uint8Array = EMPTY
  let view: DataView = new DataView(EMPTY.buffer)

  /** Makes the piece with this stretch the current one. */
  function seek(offset: number, length: number): boolean {
    if (offset >= start && offset + length <= start + bytes.length) return true
    for (const piece of pieces) {
      if (offset < piece.offset || offset + length > piece.offset + piece.bytes.length) continue
      start = piece.offset
      bytes = piece.bytes
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      return true
    }
    return false
  }
  const has = (offset: number, length: number) => offset >= 0 && length >= 0 && offset + length <= size

  function note(offset: number, length: number): void {
    const from = Math.floor(offset / PAGE) * PAGE
    const to = Math.min(size, Math.ceil((offset + length) / PAGE) * PAGE)
    const known = missing.get(from) ?? 0
    if (to - from <= known || asked + to - from - known > budget || missing.size >= MOST_MISSING) return
    asked += to - from - known
    missing.set(from, to - from)
  }
  function ready(offset: number, length: number): boolean {
    if (seek(offset, length)) return true
    if (has(offset, length)) note(offset, length)
    return false
  }
  const u32 = (offset: number, little: boolean) => (ready(offset, 4) ? view.getUint32(offset - start, little) : 0)
  return {
    size,
    has,
    holds: seek,
    want: ready,
    u8: offset => (ready(offset, 1) ? view.getUint8(offset - start) : 0),
    u16: (offset, little) => (ready(offset, 2) ? view.getUint16(offset - start, little) : 0),
    u32,
    u64: (offset, little) =>
      little
        ? u32(offset + 4, true) * 2 ** 32 + u32(offset, true)
        : u32(offset, false) * 2 ** 32 + u32(offset + 4, false),
    bytes: (offset, length) =>
      ready(offset, length) ? bytes.subarray(offset - start, offset - start + length) : EMPTY,
    text(offset, limit) {
      if (!has(offset, 1)) return ''
      const room = Math.min(limit, size - offset)
      // A name may end at the end of a piece: the page it begins in, and the next, are what a second look fetches.
      if (!seek(offset, 1) || (!seek(offset, room) && bytes.indexOf(0, offset - start) < 0)) {
        note(offset, Math.min(room, PAGE))
        return ''
      }
      const from = offset - start
      const most = Math.min(from + room, bytes.length)
      let end = from
      while (end < most && bytes[end] !== 0) end++
      return decode(bytes.subarray(from, end))
    },
    missing() {
      const joined: { offset: number; length: number }[] = []
      for (const [offset, length] of [...missing].sort((a, b) => a[0] - b[0])) {
        const last = joined.at(-1)
        if (last && offset <= last.offset + last.length)
          last.length = Math.max(last.length, offset + length - last.offset)
        else joined.push({ offset, length })
      }
      return joined
    },
  }
}

const utf8 = new TextDecoder('utf-8')
const latin1 = new TextDecoder('latin1')

function decode(bytes: Uint8Array): string {
  const text = utf8.decode(bytes)
  return text.includes('\ufffd') ? latin1.decode(bytes) : text
}
