import { blake2b, blake2s } from '@noble/hashes/blake2.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha384, sha512 } from '@noble/hashes/sha2.js'
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
import { base64url, joined } from './bytes.js'
import type { Hash, Inflated } from './runtime.js'

// What src/runtime.ts is on Node, for a browser: the browser build puts it in that place. What the functions do is said there,
// and test/runtime.test.ts checks that both do the same. Anyone who audits large files lets a worker do it.

export const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve))

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

/** SHA-256 (FIPS 180-4): most of what is hashed, in less time than @noble/hashes takes. */
const ROUNDS = Int32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
)
const SHA256_START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]
const SHA256_BLOCK = 64
const schedule = new Int32Array(64)

/** Takes the whole blocks of [at, end) into the state; gives the place behind them. */
function sha256Blocks(state: Int32Array, bytes: Uint8Array, from: number, end: number): number {
  const w = schedule
  let at = from
  for (; at + SHA256_BLOCK <= end; at += SHA256_BLOCK) {
    for (let i = 0, byte = at; i < 16; i++, byte += 4)
      w[i] = (bytes[byte]! << 24) | (bytes[byte + 1]! << 16) | (bytes[byte + 2]! << 8) | bytes[byte + 3]!
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]!
      const y = w[i - 2]!
      const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
      const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
      w[i] = (w[i - 16]! + w[i - 7]! + small0 + small1) | 0
    }
    let a = state[0]!
    let b = state[1]!
    let c = state[2]!
    let d = state[3]!
    let e = state[4]!
    let f = state[5]!
    let g = state[6]!
    let h = state[7]!
    for (let i = 0; i < 64; i++) {
      const large1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
      const one = (h + large1 + (g ^ (e & (f ^ g))) + ROUNDS[i]! + w[i]!) | 0
      const large0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
      const two = (large0 + ((a & b) | (c & (a | b)))) | 0
      h = g
      g = f
      f = e
      e = (d + one) | 0
      d = c
      c = b
      b = a
      a = (one + two) | 0
    }
    state[0]! += a
    state[1]! += b
    state[2]! += c
    state[3]! += d
    state[4]! += e
    state[5]! += f
    state[6]! += g
    state[7]! += h
  }
  return at
}

function sha256Start(): { update(bytes: Uint8Array): void; digest(): Uint8Array } {
  const state = Int32Array.from(SHA256_START)
  const block = new Uint8Array(SHA256_BLOCK)
  let held = 0
  let length = 0
  const update = (bytes: Uint8Array): void => {
    length += bytes.length
    let at = 0
    if (held > 0) {
      at = Math.min(SHA256_BLOCK - held, bytes.length)
      block.set(bytes.subarray(0, at), held)
      held += at
      if (held < SHA256_BLOCK) return
      sha256Blocks(state, block, 0, SHA256_BLOCK)
    }
    at = sha256Blocks(state, bytes, at, bytes.length)
    block.set(bytes.subarray(at))
    held = bytes.length - at
  }
  const digest = (): Uint8Array => {
    const bits = length * 8
    // A one, zeros, and the number of bits at the end of a block.
    const padding = new Uint8Array((held < 56 ? 56 : 120) - held + 8)
    padding[0] = 0x80
    const end = new DataView(padding.buffer, padding.length - 8)
    end.setUint32(0, Math.floor(bits / 2 ** 32))
    end.setUint32(4, bits >>> 0)
    update(padding)
    const digest = new DataView(new ArrayBuffer(32))
    for (const [index, word] of state.entries()) digest.setInt32(index * 4, word)
    return new Uint8Array(digest.buffer)
  }
  return { update, digest }
}

const sha256Hasher: Hasher = Object.assign(
  (bytes: Uint8Array): Uint8Array => {
    const state = sha256Start()
    state.update(bytes)
    return state.digest()
  },
  { create: sha256Start },
)

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
