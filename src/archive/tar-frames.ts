import { BLOCK } from './tar-header.js'

/** Bytes that follow a block: handed on, and then padded to whole blocks. */
export interface Payload {
  readonly size: number
  write?(chunk: Uint8Array): void
  /** Called once: `whole` when all of it came. */
  end?(whole: boolean): void
}

/** Called for each block that is no payload; says what follows it, or `lost` when nothing after it can be understood. */
export type OnBlock = (block: Uint8Array, offset: number) => Payload | 'lost' | undefined

export interface Frames {
  write(chunk: Uint8Array): void
  /** Where the stream ended: between blocks, or inside something. */
  end(): 'boundary' | 'block' | 'payload' | 'padding' | 'lost'
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

  function take(block: Uint8Array): void {
    const next = onBlock(block, position - BLOCK)
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

  /** Takes some bytes from the front; returns how many. */
  function step(rest: Uint8Array): number {
    if (payload) {
      const chunk = rest.subarray(0, remaining)
      remaining -= chunk.length
      payload.write?.(chunk)
      if (remaining === 0) {
        payload.end?.(true)
        payload = undefined
      }
      return chunk.length
    }
    if (padding > 0) {
      const skipped = Math.min(padding, rest.length)
      padding -= skipped
      return skipped
    }
    const length = Math.min(BLOCK - filled, rest.length)
    // The position must be right when the block is looked at.
    if (length === BLOCK) {
      position += BLOCK
      take(rest.subarray(0, BLOCK))
      position -= BLOCK
      return BLOCK
    }
    partial.set(rest.subarray(0, length), filled)
    filled += length
    if (filled === BLOCK) {
      filled = 0
      position += length
      take(partial)
      position -= length
    }
    return length
  }

  return {
    write(chunk) {
      for (let at = 0; at < chunk.length && !lost; ) {
        const taken = step(chunk.subarray(at))
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
  }
}
