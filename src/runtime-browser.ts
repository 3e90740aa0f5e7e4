import { blake2b, blake2s } from '@noble/hashes/blake2.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256 as sha256Hasher, sha384, sha512 } from '@noble/hashes/sha2.js'
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js'
import {
  Z_BUF_ERROR,
  Z_FINISH,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  Z_SYNC_FLUSH,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
} from 'pako'
import { joined } from './bytes.js'
import type { Hash, Inflated } from './runtime.js'

// What src/runtime.ts is on Node, for a browser: the browser build puts it in that place. What the functions do is said there,
// and test/runtime.test.ts checks that both do the same. Anyone who audits large files lets a worker do it.

/** A table for each of eight bytes that are taken at once: three times as fast as one by one. */
const SLICES = 8
const CRC = crcTables()

/** The table at 0 is for the last byte, the one at `256 * n` for a byte that n others follow. */
function crcTables(): Int32Array {
  const tables = new Int32Array(SLICES * 256)
  for (let byte = 0; byte < 256; byte++) {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0)
    tables[byte] = value
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256]!
    tables[at] = (before >>> 8) ^ tables[before & 255]!
  }
  return tables
}

export function crc32(bytes: Uint8Array, previous = 0): number {
  const { length } = bytes
  let crc = ~previous
  let at = 0
  for (; at + SLICES <= length; at += SLICES) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    crc =
      CRC[1792 + (crc & 255)]! ^
      CRC[1536 + ((crc >>> 8) & 255)]! ^
      CRC[1280 + ((crc >>> 16) & 255)]! ^
      CRC[1024 + (crc >>> 24)]! ^
      CRC[768 + bytes[at + 4]!]! ^
      CRC[512 + bytes[at + 5]!]! ^
      CRC[256 + bytes[at + 6]!]! ^
      CRC[bytes[at + 7]!]!
  }
  for (; at < length; at++) crc = (crc >>> 8) ^ CRC[(crc ^ bytes[at]!) & 255]!
  return ~crc >>> 0
}

export function within<T>(milliseconds: number, work: () => T): { readonly value: T } | undefined {
  return milliseconds < 1 ? undefined : { value: work() }
}

/** A kind of hash, as @noble/hashes has it. */
interface Hasher {
  (bytes: Uint8Array): Uint8Array
  create(): { update(bytes: Uint8Array): unknown; digest(): Uint8Array }
}

const encoder = new TextEncoder()

function running(hasher: Hasher): Hash {
  const state = hasher.create()
  const hash: Hash = {
    update(data) {
      state.update(typeof data === 'string' ? encoder.encode(data) : data)
      return hash
    },
    digest: encoding => (encoding === 'hex' ? hex : base64url)(state.digest()),
  }
  return hash
}

const hex = (bytes: Uint8Array) => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, char => (char === '+' ? '-' : char === '/' ? '_' : ''))

export function sha256(): Hash {
  return running(sha256Hasher)
}

export function sha256Of(bytes: Uint8Array): string {
  return base64url(sha256Hasher(bytes))
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), char => char.charCodeAt(0))
}

export function digestOf(algorithm: 'sha1' | 'sha256' | 'sha384', bytes: Uint8Array): Uint8Array {
  return (algorithm === 'sha1' ? sha1 : algorithm === 'sha256' ? sha256Hasher : sha384)(bytes)
}

const ALGORITHMS: ReadonlyMap<string, Hasher> = new Map<string, Hasher>([
  ['md5', md5],
  ['sha1', sha1],
  ['sha224', sha224],
  ['sha256', sha256Hasher],
  ['sha384', sha384],
  ['sha512', sha512],
  ['sha3_224', sha3_224],
  ['sha3_256', sha3_256],
  ['sha3_384', sha3_384],
  ['sha3_512', sha3_512],
  ['blake2b', blake2b],
  ['blake2s', blake2s],
])

export function hashNamed(algorithm: string): Hash | undefined {
  const hasher = ALGORITHMS.get(algorithm.toLowerCase())
  return hasher && running(hasher)
}

/** Negative: no header and no trailer around the deflate data. */
const WINDOW_BITS = -15
/** The least that zlib is given on Node. */
const LEAST_OUTPUT = 64
const OUTPUT_CHUNK = 256 * 1024
const NOTHING = new Uint8Array(0)

function inflater(room: number): ZStream {
  const stream = new ZStream()
  zlibInflateInit2(stream, WINDOW_BITS)
  feed(stream, NOTHING)
  empty(stream, new Uint8Array(Math.max(LEAST_OUTPUT, room)))
  return stream
}

function feed(stream: ZStream, input: Uint8Array): void {
  stream.input = input
  stream.next_in = 0
  stream.avail_in = input.length
}

function empty(stream: ZStream, output: ZStream['output']): void {
  stream.output = output
  stream.next_out = 0
  stream.avail_out = output.length
}

/** No progress is not a problem by itself: the stream may go on with more input or room. */
const isFault = (code: number) => code !== Z_OK && code !== Z_STREAM_END && code !== Z_BUF_ERROR

export function inflateRawAtOnce(
  input: Uint8Array,
  limit: number,
): { readonly output: Uint8Array; readonly consumed: number } | undefined {
  const stream = inflater(limit + 1)
  feed(stream, input)
  if (zlibInflate(stream, Z_FINISH) !== Z_STREAM_END || stream.next_out > limit) return undefined
  return { output: stream.output.subarray(0, stream.next_out), consumed: stream.next_in }
}

export function inflateRawStart(input: Uint8Array): Uint8Array {
  const stream = inflater(OUTPUT_CHUNK)
  feed(stream, input)
  const full: Uint8Array[] = []
  for (;;) {
    const code = zlibInflate(stream, Z_SYNC_FLUSH)
    if (isFault(code)) return NOTHING
    full.push(stream.output.subarray(0, stream.next_out))
    if (code === Z_STREAM_END || stream.avail_out > 0) return joined(full)
    empty(stream, new Uint8Array(OUTPUT_CHUNK))
  }
}

export async function inflateRaw(
  input: () => Promise<Uint8Array | undefined> | Uint8Array | undefined,
  output: (chunk: Uint8Array) => boolean,
  room?: number,
): Promise<Inflated> {
  const stream = inflater(room === undefined ? OUTPUT_CHUNK : room + 1)
  let consumed = 0
  for (;;) {
    const chunk = await input()
    if (chunk?.length === 0) continue
    feed(stream, chunk ?? NOTHING)
    const flush = chunk ? Z_NO_FLUSH : Z_FINISH
    for (let isFull = true; isFull; ) {
      const inBefore = stream.next_in
      const outBefore = stream.next_out
      const code = zlibInflate(stream, flush)
      // As on Node, what a call brings that meets a problem or the end of a cut stream is not given out.
      if (isFault(code)) return { status: 'broken', consumed }
      isFull = stream.avail_out === 0
      if (!chunk && code !== Z_STREAM_END && !isFull) return { status: 'cut', consumed }
      consumed += stream.next_in - inBefore
      const given = stream.output.subarray(outBefore, stream.next_out)
      if (given.length > 0 && !output(given)) return { status: 'stopped', consumed }
      if (code === Z_STREAM_END) return { status: 'end', consumed }
      // Chunks stay valid where there is room for them, else until the buffer is full.
      if (isFull) empty(stream, room === undefined ? stream.output : new Uint8Array(stream.output.length))
    }
  }
}
