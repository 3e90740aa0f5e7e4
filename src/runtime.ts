import { createHash, getHashes, hash } from 'node:crypto'
import { Script } from 'node:vm'
import { constants, createInflateRaw, inflateRawSync, crc32 as nodeCrc32 } from 'node:zlib'

// What the core needs of the machine. In the browser build src/runtime-browser.ts takes its place and gives the same.

/** CRC-32 (ISO 3309) of the bytes; `previous` continues an earlier one. */
export function crc32(bytes: Uint8Array, previous = 0): number {
  return nodeCrc32(bytes, previous)
}

/** Where the work lies while it is done: a script knows nothing but what is global. */
const WORK = Symbol.for('distaudit.work')
const DO_WORK = new Script("globalThis[Symbol.for('distaudit.work')]()")
/** Longest time that a script may be given. */
const LONGEST = 2 ** 31 - 1

/**
 * Does work that waits for nothing, and ends it, wherever it is, after so many milliseconds: undefined then. V8 ends it on behalf
 * of a thread that watches the clock, which no loop keeps from doing so; that costs 0.1 ms. Nothing of the work that was ended goes
 * on to run, no `finally` either. A browser has nothing like it: there the work is done to its end.
 */
export function within<T>(milliseconds: number, work: () => T): { readonly value: T } | undefined {
  if (milliseconds < 1) return undefined
  let result: { readonly value: T } | undefined
  const global = globalThis as { [WORK]?: unknown }
  const outer = global[WORK]
  global[WORK] = () => {
    result = { value: work() }
  }
  try {
    DO_WORK.runInThisContext({ timeout: Math.min(Math.ceil(milliseconds), LONGEST) })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')) throw error
  } finally {
    global[WORK] = outer
  }
  return result
}

/** Lets what has arrived from elsewhere have its turn. */
export const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** A running hash. `digest` uses it up; base64url is without padding, as RECORD has it. */
export interface Hash {
  update(data: Uint8Array | string): Hash
  digest(encoding: 'hex' | 'base64url'): string
}

export function sha256(): Hash {
  return createHash('sha256')
}

/** SHA-256 of bytes at hand, urlsafe base64 without padding. */
export function sha256Of(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url')
}

/** The bytes of a base64 text of our own tables. */
export function fromBase64(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}

/** Digest of bytes at hand, for the page hashes of code signatures. */
export function digestOf(algorithm: 'sha1' | 'sha256' | 'sha384', bytes: Uint8Array): Uint8Array {
  return hash(algorithm, bytes, 'buffer')
}

let known: ReadonlySet<string> | undefined

/** What every Python's hashlib has, with a digest of one length, and how OpenSSL spells it. */
const ALGORITHMS: ReadonlyMap<string, string> = new Map([
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(name => [name, name] as const),
  ['sha3_224', 'sha3-224'],
  ['sha3_256', 'sha3-256'],
  ['sha3_384', 'sha3-384'],
  ['sha3_512', 'sha3-512'],
  ['blake2b', 'blake2b512'],
  ['blake2s', 'blake2s256'],
])

/** A running hash by hashlib's name (`sha512`, `blake2b` …, in any case); undefined when not every Python has it. */
export function hashNamed(algorithm: string): Hash | undefined {
  known ??= new Set(getHashes())
  const name = ALGORITHMS.get(algorithm.toLowerCase())
  return name !== undefined && known.has(name) ? createHash(name) : undefined
}

/**
 * Inflates a small raw deflate stream in one go. `consumed` is the number of bytes of `input` that the stream took; undefined
 * when the stream is broken, is cut, or gives more than `limit` bytes.
 */
export function inflateRawAtOnce(
  input: Uint8Array,
  limit: number,
): { readonly output: Uint8Array; readonly consumed: number } | undefined {
  try {
    // One output buffer that can hold it all, so that nothing is concatenated.
    const chunkSize = Math.max(constants.Z_MIN_CHUNK, limit + 1)
    const result = inflateRawSync(input, { chunkSize, maxOutputLength: Math.max(1, limit), info: true }) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    // Node takes no limit of 0.
    if (result.buffer.length > limit) return undefined
    return { output: result.buffer, consumed: result.engine.bytesWritten }
  } catch {
    return undefined
  }
}

/** What the first bytes of a raw deflate stream give; empty when it is broken. */
export function inflateRawStart(input: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(input, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return new Uint8Array(0)
  }
}

export interface Inflated {
  /** `end`: the stream's last block was read; `cut`: the input ended before it; `stopped`: `output` returned false. */
  readonly status: 'end' | 'cut' | 'broken' | 'stopped'
  /** Bytes of input that the stream took: less than were given when something follows its last block. */
  readonly consumed: number
}

const OUTPUT_CHUNK = 256 * 1024
/** A piece of input that still waits when the end is known goes to zlib as the last one, and a cut stream then loses it. */
const ONE_BY_ONE = { writableHighWaterMark: 1 }

/**
 * Inflates a raw deflate stream of any length: pulls input (undefined at its end), pushes output in chunks of at most
 * 256 KiB that are only valid during the call. A piece of input is done with when the next is pulled. Output false ends it.
 * Rejects only when `input` or `output` does.
 * The inflating runs on another thread while `output` works on the chunk before.
 * With `room` the chunks stay valid and lie one after the other in a buffer of that many bytes, in so far as they fit in there.
 */
export function inflateRaw(
  input: () => Promise<Uint8Array | undefined> | Uint8Array | undefined,
  output: (chunk: Uint8Array) => boolean,
  room?: number,
): Promise<Inflated> {
  return new Promise((resolve, reject) => {
    // zlib fills one buffer of a chunk's size from call to call. With a byte to spare it does not make another at the end.
    const stream = createInflateRaw({
      chunkSize: room === undefined ? OUTPUT_CHUNK : Math.max(constants.Z_MIN_CHUNK, room + 1),
      ...ONE_BY_ONE,
    })
    const waiting: Uint8Array[] = []
    let done = false
    let wake: (() => void) | undefined

    const finish = (settle: () => void): void => {
      if (done) return
      done = true
      settle()
      wake?.()
      stream.destroy()
    }
    const end = (status: Inflated['status']): void => {
      flush()
      finish(() => resolve({ status, consumed: stream.bytesWritten }))
    }
    function flush(): void {
      for (let chunk = waiting.shift(); chunk !== undefined && !done; chunk = waiting.shift()) {
        try {
          if (!output(chunk)) finish(() => resolve({ status: 'stopped', consumed: stream.bytesWritten }))
        } catch (error) {
          finish(() => reject(error))
        }
      }
    }
    // Inside the event zlib has not yet started on the next chunk: work after it, so that both run at once.
    stream.on('data', (chunk: Uint8Array) => {
      waiting.push(chunk)
      queueMicrotask(flush)
    })
    stream.on('end', () => end('end'))
    stream.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'Z_BUF_ERROR' ? 'cut' : 'broken'))
    stream.on('drain', () => wake?.())

    const pump = async (): Promise<void> => {
      while (!done) {
        const chunk = await input()
        if (done) return
        if (chunk === undefined) {
          stream.end()
          return
        }
        if (chunk.length > 0 && !stream.write(chunk))
          await new Promise<void>(resume => {
            wake = resume
          })
      }
    }
    pump().catch(error => finish(() => reject(error)))
  })
}
