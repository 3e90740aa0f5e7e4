import type { ByteRange, ByteSource } from './source.js'

const MiB = 1024 * 1024
/** A source up to this size is read once and kept whole. */
const WHOLE = 32 * MiB
const BLOCK = MiB
/** Read-ahead after a jump: anyone who jumps wants a header, not a block. */
const JUMP_BLOCK = 64 * 1024

/** Buffered random access: large sequential reads, and no promise for what is already there. */
export interface Window {
  readonly size: number
  /** The bytes [offset, offset + length), cut at the end of the source, when they are buffered. */
  peek(offset: number, length: number): Uint8Array | undefined
  /** The same bytes, read when they are not buffered. A view that stays valid. */
  load(offset: number, length: number): Promise<Uint8Array>
  /** The same for a stretch that is gone through once. What was not buffered is valid until the next call. */
  pass(offset: number, length: number): Promise<Uint8Array>
  /** Says what is read next, where the source wants to know. */
  ahead(ranges: readonly ByteRange[]): Promise<void>
}

export function windowOver(source: ByteSource): Window {
  const { size } = source
  let block: Uint8Array = new Uint8Array(0)
  let start = 0

  const peek = (offset: number, length: number): Uint8Array | undefined => {
    const from = Math.max(0, Math.min(offset, size))
    const to = Math.min(from + Math.max(0, length), size)
    if (from < start || to > start + block.length) return undefined
    return block.subarray(from - start, to - start)
  }
  const load = async (offset: number, length: number): Promise<Uint8Array> => {
    const there = peek(offset, length)
    if (there) return there
    const whole = size <= WHOLE && !source.ahead
    const near = offset >= start && offset <= start + block.length + BLOCK
    const from = whole ? 0 : offset
    const wanted = whole ? size : source.ahead ? length : Math.max(length, near ? BLOCK : JUMP_BLOCK)
    block = await source.read(from, wanted)
    start = from
    return block.subarray(Math.max(0, offset - start), Math.max(0, offset - start) + Math.min(length, size - offset))
  }
  let room: Uint8Array | undefined
  const pass = async (offset: number, length: number): Promise<Uint8Array> => {
    const there = peek(offset, length)
    if (there) return there
    if (size <= WHOLE || source.ahead || length > BLOCK) return load(offset, length)
    room ??= new Uint8Array(BLOCK)
    return source.read(offset, length, room)
  }
  return { size, peek, load, pass, ahead: async ranges => source.ahead?.(ranges) }
}
