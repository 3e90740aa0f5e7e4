import { mediumError } from './medium-error.js'
import type { ByteSource } from './source.js'

/** A read of this length may be one of many that follow one another. Those come from a stream, in a quarter of the time. */
const LONG = 1024 * 1024
/** One reader hashes the file while another one reads its members. */
const MOST_STREAMS = 2

/** A stream of the bytes from `at` on. */
interface Stream {
  at: number
  readonly reader: ReadableStreamBYOBReader
  /** Memory that the browser fills, over and over. */
  scratch: ArrayBuffer
}

/** A source over a Blob or File, as a browser has them. */
export function blobSource(blob: Blob): ByteSource {
  /** Where long reads ended. */
  const ends = new Set<number>()
  const streams: Stream[] = []

  function streamAt(offset: number, length: number): Stream | undefined {
    const index = streams.findIndex(({ at }) => at === offset)
    // Two reads never share one.
    if (index >= 0) return streams.splice(index, 1)[0]
    if (length < LONG || !ends.delete(offset)) return undefined
    const reader = readerOf(blob.slice(offset))
    return reader && { at: offset, reader, scratch: new ArrayBuffer(LONG) }
  }
  async function readOne(offset: number, length: number, room?: Uint8Array): Promise<Uint8Array> {
    const stream = streamAt(offset, length)
    if (!stream) return new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer())
    const bytes = await take(stream, room?.subarray(0, length) ?? new Uint8Array(Math.min(length, blob.size - offset)))
    if (stream.at < blob.size) {
      streams.push(stream)
      if (streams.length > MOST_STREAMS) cancel(streams.shift())
    } else cancel(stream)
    return bytes
  }
  return {
    size: blob.size,
    async read(offset, length, room) {
      // Fails when the file behind it was changed or removed.
      const bytes = await readOne(offset, length, room).catch((error: unknown) => {
        throw mediumError(error)
      })
      if (length >= LONG && !streams.some(({ at }) => at === offset + length)) ends.add(offset + length)
      return bytes
    },
    async close() {
      for (const stream of streams.splice(0)) cancel(stream)
    },
  }
}

/** Undefined where a Blob has no stream of bytes. */
function readerOf(blob: Blob): ReadableStreamBYOBReader | undefined {
  try {
    return blob.stream().getReader({ mode: 'byob' })
  } catch {
    return undefined
  }
}

/** Fills `bytes` from the stream, in so far as it has as many. */
async function take(stream: Stream, bytes: Uint8Array): Promise<Uint8Array> {
  let count = 0
  while (count < bytes.length) {
    const wanted = Math.min(bytes.length - count, stream.scratch.byteLength)
    const { value, done } = await stream.reader.read(new Uint8Array(stream.scratch, 0, wanted))
    if (value) {
      bytes.set(value, count)
      count += value.length
      stream.scratch = value.buffer
    }
    if (done) break
  }
  stream.at += count
  return bytes.subarray(0, count)
}

function cancel(stream: Stream | undefined): void {
  stream?.reader.cancel().catch(() => {
    // It has failed already.
  })
}
