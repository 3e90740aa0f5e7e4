import type { Inflater } from './archive/inflater.js'
import { base64url } from './bytes.js'
import { crc32 } from './runtime.js'

/** Packed bytes that are given at once: what they swell to, a thousand times as much, waits in memory. */
const PIECE = 32 * 1024
/** Multiples of it are given, as src/runtime-browser.ts gives no less before it finds what is wrong. */
const OUTPUT_CHUNK = 256 * 1024

/** What a browser frees late is three times as much. */
const ROOM = 12 * 1024 * 1024

type Input = () => Promise<Uint8Array | undefined> | Uint8Array | undefined
/** False: no more is wanted. */
type Output = (chunk: Uint8Array) => boolean

/**
 * Inflates with the browser's own zlib, and hashes on a thread of the browser, which takes a fraction of the time that JavaScript
 * takes. Undefined where there is no such thing, as on a page that came over plain HTTP.
 */
export function nativeInflater(): Inflater | undefined {
  const { subtle } = globalThis.crypto ?? {}
  if (typeof DecompressionStream !== 'function' || !subtle) return undefined
  const strict = isStrict()
  // One after the other, so that no more is in memory than the reader has counted. One is hashed while the next is inflated.
  let before: Promise<unknown> = strict
  return {
    room: ROOM,
    async inflate(packed, size, crc) {
      const inflating = before.then(() => inflated(given(packed), size))
      before = inflating
      const output = (await strict) ? await inflating : undefined
      if (output?.length !== size || crc32(output) !== crc) return undefined
      const digest = await subtle.digest('SHA-256', output)
      return { output, sha256: base64url(new Uint8Array(digest)), lasting: true }
    },
    async stream(input, output, room) {
      if (!(await strict)) return undefined
      if (room === undefined) return inChunks(input, output)
      const whole = await inflated(input, room)
      return whole && (whole.length === 0 || output(whole) ? 'end' : 'stopped')
    },
  }
}

/** All that comes out of a stream, at most `room` bytes; undefined when it is more, or the stream is not as it should be. */
async function inflated(input: Input, room: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const output = new Uint8Array(room)
  let at = 0
  const status = await decompress(input, chunk => {
    if (at + chunk.length > room) return false
    output.set(chunk, at)
    at += chunk.length
    return true
  })
  return status === 'end' ? output.subarray(0, at) : undefined
}

async function inChunks(input: Input, output: Output): Promise<'end' | 'stopped' | undefined> {
  const whole = new Uint8Array(OUTPUT_CHUNK)
  let held = 0
  const status = await decompress(input, chunk => {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + OUTPUT_CHUNK - held)
      whole.set(part, held)
      held += part.length
      at += part.length
      if (held < OUTPUT_CHUNK) continue
      held = 0
      if (!output(whole)) return false
    }
    return true
  })
  return status === 'end' && held > 0 && !output(whole.subarray(0, held)) ? 'stopped' : status
}

/** Undefined when the stream is broken, cut, or followed by something. Rejects only when `input` or `output` does. */
async function decompress(input: Input, output: Output): Promise<'end' | 'stopped' | undefined> {
  const { readable, writable } = new DecompressionStream('deflate-raw')
  const reader = readable.getReader()
  const feeding = feed(input, writable.getWriter())
  feeding.catch(() => {
    // It is waited for in the end.
  })
  try {
    for (;;) {
      const read = await reader.read().catch(() => undefined)
      if (!read) return undefined
      if (read.done) return 'end'
      if (!output(read.value)) return 'stopped'
    }
  } finally {
    await reader.cancel().catch(() => {
      // It has failed already.
    })
    await feeding
  }
}

/** Rejects only when `input` does. */
async function feed(input: Input, writer: WritableStreamDefaultWriter): Promise<void> {
  /** The reader is told that the stream failed too. */
  const taken = (promise: Promise<void>) =>
    promise.then(
      () => true,
      () => false,
    )
  try {
    for (let chunk = await input(); chunk; chunk = await input())
      for (let at = 0; at < chunk.length; at += PIECE)
        if (!(await taken(writer.write(chunk.subarray(at, at + PIECE))))) return
    await taken(writer.close())
  } catch (error) {
    await taken(writer.abort(error))
    throw error
  }
}

/** An empty stream with a byte behind it: the Compression Standard wants an error, which some streams of before do not give. */
const isStrict = async (): Promise<boolean> => (await inflated(given(Uint8Array.of(3, 0, 0)), 3)) === undefined

/** A source of one chunk. */
function given(bytes: Uint8Array): Input {
  const chunks = [bytes]
  return () => chunks.pop()
}
