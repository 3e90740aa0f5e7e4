import type { Inflater } from './archive/inflater.js'
import { base64url } from './bytes.js'
import { crc32 } from './runtime.js'

/** Packed bytes that are given at once: what they swell to, a thousand times as much, waits in memory. */
const PIECE = 32 * 1024

/**
 * Inflates with the browser's own zlib, and hashes on a thread of the browser. Both take a fifth of the time that JavaScript takes.
 * Undefined where there is no such thing, as on a page that came over plain HTTP.
 */
export function nativeInflater(): Inflater | undefined {
  const { subtle } = globalThis.crypto ?? {}
  if (typeof DecompressionStream !== 'function' || !subtle) return undefined
  const strict = isStrict()
  // One after the other, so that no more is in memory than the reader has counted. One is hashed while the next is inflated.
  let before: Promise<unknown> = strict
  return {
    async inflate(packed, size, crc) {
      const inflating = before.then(() => inflated(packed, size)).catch(() => undefined)
      before = inflating
      const output = (await strict) ? await inflating : undefined
      if (!output || crc32(output) !== crc) return undefined
      const digest = await subtle.digest('SHA-256', output)
      return { output, sha256: base64url(new Uint8Array(digest)), lasting: true }
    },
  }
}

/** Undefined when the stream does not give just `size` bytes. Rejects when it is broken, cut, or followed by something. */
async function inflated(packed: Uint8Array, size: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { readable, writable } = new DecompressionStream('deflate-raw')
  feed(writable.getWriter(), packed).catch(() => {
    // The reader is told too.
  })
  const output = new Uint8Array(size)
  const reader = readable.getReader()
  let at = 0
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (at + read.value.length > size) {
      await reader.cancel()
      return undefined
    }
    output.set(read.value, at)
    at += read.value.length
  }
  return at === size ? output : undefined
}

async function feed(writer: WritableStreamDefaultWriter, packed: Uint8Array): Promise<void> {
  for (let at = 0; at < packed.length; at += PIECE) {
    await writer.ready
    await writer.write(packed.subarray(at, at + PIECE))
  }
  await writer.close()
}

/** An empty stream with a byte behind it: the Compression Standard wants an error, which some streams of before do not give. */
const isStrict = (): Promise<boolean> =>
  inflated(Uint8Array.of(3, 0, 0), 0).then(
    () => false,
    () => true,
  )
