import { BLOCK } from './tar-header.js'

/** Bytes that follow a block: handed on, and then padded to whole blocks. */
export interface Payload {
  readonly size: number
  write?(chunk: Uint8Array): void
  /** Called once: `whole` when all of it came. */
  end?(whole: boolean): void
}

/** Called for each block that is not a payload; says what follows it, or `lost` when nothing after it can be understood. */
export type OnBlock = (block: Uint8Array, offset: number) => Payload | 'lost' | undefined

export interface Frames {
  write(chunk: Uint8Array): void
  /** Where the stream ended: between blocks, or inside something. */
  end(): 'boundary' | 'block' | 'payload' | 'padding' | 'lost'
  /** The bytes of a block that did not get whole. */
  rest(): Uint8Array
}

/** Cuts a stream that comes in pieces into blocks and payloads. Blocks and chunks are only valid during the call. */
export function frames(onBlock: OnBlock): Frames {
  const partial = new Uint8Array(BLOCK)
  let filled = 0
  let position = 0
  let payload: Payload | undefined
  let remaining = 0
  let padding = 0
  let lost = false

  function take(block: Uint8Array, offset: number): void {
    const next = onBlock(block, offset)
    if (next === undefined) return
    if (next === 'lost') {
      lost = true
      return
    }
    padding = (BLOCK - (next.size % BLOCK)) % BLOCK
    remaining = next.size
    if (remaining > 0) payload = next
    else next.end?.(true)
  }

  /** Takes some bytes of `chunk` from `at` on; returns how many. */
  function step(chunk: Uint8Array, at: number): number {
    const left = chunk.length - at
    if (payload) {
      const length = Math.min(left, remaining)
      remaining -= length
      payload.write?.(chunk.subarray(at, at + length))
      if (remaining === 0) {
        payload.end?.(true)
        payload = undefined
      }
      return length
    }
    if (padding > 0) {
      const length = Math.min(left, padding)
      padding -= length
      return length
    }
    if (filled === 0 && left >= BLOCK) {
      take(chunk.subarray(at, at + BLOCK), position)
      return BLOCK
    }
    const length = Math.min(BLOCK - filled, left)
    partial.set(chunk.subarray(at, at + length), filled)
    filled += length
    if (filled === BLOCK) {
      filled = 0
      take(partial, position + length - BLOCK)
    }
    return length
  }

  return {
    write(piece) {
      // A plain view: subarray of Node's Buffer costs several times as much.
      const chunk = new Uint8Array(piece.buffer, piece.byteOffset, piece.length)
      for (let at = 0; at < chunk.length && !lost; ) {
        const taken = step(chunk, at)
        at += taken
        position += taken
      }
    },
    end() {
      if (lost) return 'lost'
      if (payload) {
        payload.end?.(false)
        return 'payload'
      }
      if (padding > 0) return 'padding'
      return filled > 0 ? 'block' : 'boundary'
    },
    rest: () => partial.subarray(0, filled),
  }
}
