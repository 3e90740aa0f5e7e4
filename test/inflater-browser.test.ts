import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync, constants as zlib } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeZip } from '../fixtures/make/zip.js'
import type { Inflater } from '../src/archive/inflater.js'
import { DEFAULT_LIMITS } from '../src/archive/limits.js'
import { readZip } from '../src/archive/zip.js'
import { nativeInflater } from '../src/inflater-browser.js'
import { turn } from '../src/runtime.js'
import { bytesSource } from '../src/source/source.js'
import { damagedMembers } from './support/damaged.js'

// What a browser has. Node 20 has another, which says nothing of what is behind a stream. `npm run web:try` has a real browser.

/** Gives what comes out in pieces, also before what is wrong, and then an error where the Compression Standard wants one. */
class StrictStream {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array>
  constructor() {
    const chunks: Uint8Array[] = []
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      transform: chunk => void chunks.push(chunk.slice()),
      async flush(controller) {
        const { output, fault } = inflated(Buffer.concat(chunks))
        for (let at = 0; at < output.length; at += PIECE) {
          controller.enqueue(output.subarray(at, at + PIECE))
          await turn()
        }
        if (fault) throw new TypeError('the stream is not as it should be')
      },
    })
    this.readable = readable
    this.writable = writable
  }
}

const PIECE = 64 * 1024

function inflated(packed: Buffer): { readonly output: Buffer; readonly fault: boolean } {
  const { Z_FINISH, Z_SYNC_FLUSH } = zlib
  for (const finishFlush of [Z_FINISH, Z_SYNC_FLUSH])
    try {
      const { buffer, engine } = inflateRawSync(packed, { finishFlush, info: true }) as unknown as {
        buffer: Buffer
        engine: { bytesWritten: number }
      }
      return { output: buffer, fault: finishFlush !== Z_FINISH || engine.bytesWritten < packed.length }
    } catch {
      // It is cut, or broken.
    }
  return { output: Buffer.alloc(0), fault: true }
}

afterEach(() => void vi.unstubAllGlobals())

/** What the reader says of members, and what it gives of them: all in one where it is `whole`. */
async function read(size: number, inflater: Inflater | undefined, whole = false) {
  const given: string[] = []
  const archive = await readZip(bytesSource(writeZip(damagedMembers('demo/data', size))), {
    limits: DEFAULT_LIMITS,
    now: () => 0,
    inflater,
    interest: ({ path }) => {
      const hash = createHash('sha256')
      return {
        whole: () => whole,
        consumer: {
          write: chunk => void hash.update(chunk),
          end: intact => void given.push(`${path} ${intact} ${hash.digest('hex')}`),
        },
      }
    },
  })
  return { archive, given: given.sort() }
}

describe('the inflater of a browser', () => {
  it('inflates at once what is as its records say, and leaves the rest to the reader', async () => {
    vi.stubGlobal('DecompressionStream', StrictStream)
    const { room, inflate } = nativeInflater()!
    const taken: boolean[] = []
    const found = await read(400_000, {
      room,
      async inflate(...what) {
        const whole = await inflate(...what)
        taken.push(whole !== undefined)
        return whole
      },
    })
    expect(found).toEqual(await read(400_000, undefined))
    // The two that are whole; all are asked for, but for the one that is stored.
    expect(taken.filter(Boolean)).toHaveLength(2)
    expect(taken).toHaveLength(found.archive.members.length - 1)
  })

  it.each([true, false])('inflates streams, and leaves those with a fault to the reader (whole: %s)', async whole => {
    vi.stubGlobal('DecompressionStream', StrictStream)
    const { room, stream } = nativeInflater()!
    const statuses: (string | undefined)[] = []
    const found = await read(
      3_000_000,
      {
        room,
        inflate: async () => undefined,
        async stream(...what) {
          const status = await stream!(...what)
          statuses.push(status)
          return status
        },
      },
      whole,
    )
    expect(found).toEqual(await read(3_000_000, undefined, whole))
    expect(statuses.filter(status => status === 'end').length).toBeGreaterThan(2)
    expect(statuses).toContain(undefined)
  })

  it('rejects when the input does, and stops when it should', async () => {
    vi.stubGlobal('DecompressionStream', StrictStream)
    const { stream } = nativeInflater()!
    const fails = async () => {
      throw new Error('the disk is gone')
    }
    for (const room of [undefined, 10])
      await expect(stream!(fails, () => true, room)).rejects.toThrow('the disk is gone')
    const packed = [deflateRawSync(new Uint8Array(1_000_000))]
    expect(
      await stream!(
        () => packed.pop(),
        () => false,
      ),
    ).toBe('stopped')
  })

  it('does nothing where the stream does not say that something is behind it', async () => {
    class Lax {
      constructor() {
        const { readable, writable } = new TransformStream()
        Object.assign(this, { readable, writable })
      }
    }
    vi.stubGlobal('DecompressionStream', Lax)
    expect(await nativeInflater()!.inflate(new Uint8Array(0), 0, 0)).toBeUndefined()
  })

  it.each(['DecompressionStream', 'crypto'])('is not there without %s', name => {
    vi.stubGlobal(name, undefined)
    expect(nativeInflater()).toBeUndefined()
  })
})
