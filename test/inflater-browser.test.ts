import { inflateRawSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { writeZip } from '../fixtures/make/zip.js'
import { DEFAULT_LIMITS } from '../src/archive/limits.js'
import { readZip } from '../src/archive/zip.js'
import { nativeInflater } from '../src/inflater-browser.js'
import { bytesSource } from '../src/source/source.js'
import { damagedMembers } from './support/damaged.js'

// What a browser has. Node 20 has another, which says nothing of what is behind a stream. `npm run web:try` has a real browser.

/** Gives what a stream gives in pieces, and an error where the Compression Standard wants one. */
class StrictStream {
  readonly readable: ReadableStream<Uint8Array>
  readonly writable: WritableStream<Uint8Array>
  constructor() {
    const chunks: Uint8Array[] = []
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      transform: chunk => void chunks.push(chunk.slice()),
      flush(controller) {
        const packed = Buffer.concat(chunks)
        const { buffer, engine } = inflateRawSync(packed, { info: true }) as unknown as {
          buffer: Buffer
          engine: { bytesWritten: number }
        }
        for (let at = 0; at < buffer.length; at += 65_536) controller.enqueue(buffer.subarray(at, at + 65_536))
        if (engine.bytesWritten < packed.length) throw new TypeError('there is something behind the stream')
      },
    })
    this.readable = readable
    this.writable = writable
  }
}

afterEach(() => void vi.unstubAllGlobals())

const members = damagedMembers('demo/data')

const read = (inflater: ReturnType<typeof nativeInflater>) =>
  readZip(bytesSource(writeZip(members)), { limits: DEFAULT_LIMITS, now: () => 0, interest: () => undefined, inflater })

describe('the inflater of a browser', () => {
  it('gives what is as its records say, and leaves the rest to the reader', async () => {
    vi.stubGlobal('DecompressionStream', StrictStream)
    const native = nativeInflater()!
    const given: boolean[] = []
    const archive = await read({
      async inflate(...what) {
        const found = await native.inflate(...what)
        given.push(found !== undefined)
        return found
      },
    })
    expect(archive).toEqual(await read(undefined))
    // The two that are whole: all others are asked for, but for the one that is stored.
    expect(given.filter(Boolean)).toHaveLength(2)
    expect(given).toHaveLength(members.length - 1)
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
