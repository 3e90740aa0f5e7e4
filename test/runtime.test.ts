import { createHash, getHashes } from 'node:crypto'
import { deflateRawSync, constants as zlib } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import * as node from '../src/runtime.js'
import * as browser from '../src/runtime-browser.js'
import fc from './support/fc.js'

// Both runtimes side by side: what the core is told of a file must not depend on where it runs.

const runtimes: readonly (typeof node)[] = [node, browser]
// The other direction is the compiler's too.
const other: typeof browser = node

/** The same answer of both, which is given back. */
function both<T>(ask: (runtime: typeof node) => T): T {
  const [a, b] = runtimes.map(ask)
  expect(b).toEqual(a)
  return a as T
}

const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex')

/** Bytes that compress, but not too well. */
function sample(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length)
  let state = seed
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    bytes[at] = state % 7 === 0 ? state >>> 24 : 97 + (at % 23)
  }
  return bytes
}

it('export the same', () => {
  expect(Object.keys(browser).sort()).toEqual(Object.keys(other).sort())
})

describe('hashes', () => {
  /** `hashlib.algorithms_guaranteed` of Python 3.14. */
  const GUARANTEED =
    'blake2b blake2s md5 sha1 sha224 sha256 sha384 sha3_224 sha3_256 sha3_384 sha3_512 sha512 shake_128 shake_256'
  const names = GUARANTEED.split(' ')
  // Around the ends of blocks, of 64, 72, 104, 128, 136 and 144 bytes.
  const lengths = [
    0, 1, 55, 56, 63, 64, 65, 71, 72, 103, 104, 111, 112, 127, 128, 129, 135, 136, 143, 144, 1000, 70_000,
  ]

  it.each(names)('%s', name => {
    const digest = (runtime: typeof node, length: number) =>
      runtime.hashNamed(name)?.update(sample(length)).digest('hex')
    const known = lengths.map(length => both(runtime => digest(runtime, length)) !== undefined)
    // The digest of a SHAKE has no length of its own.
    expect(new Set(known)).toEqual(new Set([!name.startsWith('shake')]))
  })

  it('go by names in any case, and by no names but these', () => {
    expect(both(runtime => runtime.hashNamed('SHA3_256')?.update('').digest('base64url'))).toBe(
      createHash('sha3-256').digest('base64url'),
    )
    for (const name of [...getHashes(), '', 'sha-256', 'sha3-256', 'constructor', '__proto__'])
      if (!names.includes(name.toLowerCase()))
        expect(
          both(runtime => runtime.hashNamed(name)),
          name,
        ).toBeUndefined()
  })

  it('take texts and pieces', () => {
    const digest = (runtime: typeof node) =>
      runtime.sha256().update('Grüße\0').update(sample(100)).update(new Uint8Array(0)).update('𝄞').digest('base64url')
    expect(both(digest)).toHaveLength(43)
  })

  it('take bytes at hand', () => {
    for (const length of lengths) {
      both(runtime => runtime.sha256Of(sample(length)))
      for (const name of ['sha1', 'sha256', 'sha384'] as const)
        both(runtime => hex(runtime.digestOf(name, sample(length))))
    }
  })
})

it('CRC-32 of bytes, and of what follows them', () => {
  expect(both(runtime => runtime.crc32(new TextEncoder().encode('123456789')))).toBe(0xcbf43926)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, at) => {
      const whole = both(runtime => runtime.crc32(bytes))
      expect(both(runtime => runtime.crc32(bytes.subarray(at), runtime.crc32(bytes.subarray(0, at))))).toBe(whole)
    }),
  )
})

it('base64 of our own tables', () => {
  for (const length of [0, 1, 2, 3, 1000])
    expect(both(runtime => hex(runtime.fromBase64(Buffer.from(sample(length)).toString('base64'))))).toBe(
      hex(sample(length)),
    )
})

interface Stream {
  readonly name: string
  readonly deflated: Uint8Array
  /** Of what went in. */
  readonly length: number
}

const streamOf = (name: string, bytes: Uint8Array, options?: Parameters<typeof deflateRawSync>[1]): Stream => ({
  name,
  deflated: new Uint8Array(deflateRawSync(bytes, options)),
  length: bytes.length,
})

const STREAMS: readonly Stream[] = [
  streamOf('nothing', sample(0)),
  streamOf('a byte', sample(1)),
  streamOf('stored blocks', sample(150_000), { level: 0 }),
  streamOf('fixed codes', sample(5000), { strategy: zlib.Z_FIXED }),
  streamOf('dynamic codes', sample(300_000)),
  streamOf('one long run', new Uint8Array(600_000)),
  streamOf('Huffman codes only', sample(40_000), { strategy: zlib.Z_HUFFMAN_ONLY }),
  streamOf('a small window', sample(40_000), { windowBits: 9 }),
]

/** What can befall a stream. */
const HARMS: readonly (readonly [string, (deflated: Uint8Array) => Uint8Array])[] = [
  ['whole', deflated => deflated],
  ['with bytes after it', deflated => Uint8Array.from([...deflated, ...sample(50)])],
  ['without its last byte', deflated => deflated.subarray(0, -1)],
  ['cut in the middle', deflated => deflated.subarray(0, deflated.length >> 1)],
  ['with a wrong byte', deflated => deflated.with(Math.floor(deflated.length * 0.7), 0xff)],
  ['with another first byte', deflated => deflated.with(0, 0xff)],
]

const CASES = STREAMS.flatMap(({ name, deflated, length }) =>
  HARMS.map(([harm, change]) => ({ name: `${name}, ${harm}`, deflated: change(deflated), length })),
)

interface Poured {
  readonly status: string
  readonly consumed: number
  /** Their lengths. */
  readonly chunks: string
  readonly digest: string
  /** Where there is room: the bytes that still lie together at the end. */
  readonly together: string | undefined
}

/** Everything that can be seen of an inflating: how it ends, and each chunk. */
async function pour(
  runtime: typeof node,
  deflated: Uint8Array,
  {
    piece,
    room,
    stopAfter = Number.POSITIVE_INFINITY,
  }: { piece: number; room?: number | undefined; stopAfter?: number },
): Promise<Poured> {
  let at = 0
  const input = () => {
    if (at >= deflated.length) return undefined
    const chunk = deflated.subarray(at, at + piece)
    at += piece
    return piece % 2 === 0 ? Promise.resolve(chunk) : chunk
  }
  const chunks: number[] = []
  let first: Uint8Array | undefined
  const hash = createHash('sha256')
  let size = 0
  const output = (chunk: Uint8Array) => {
    chunks.push(chunk.length)
    hash.update(chunk)
    first ??= chunk
    size += chunk.length
    return size < stopAfter
  }
  const { status, consumed } = await runtime.inflateRaw(input, output, room)
  const together =
    room === undefined || !first
      ? undefined
      : createHash('sha256')
          .update(new Uint8Array(first.buffer, first.byteOffset, Math.min(room, size)))
          .digest('hex')
  return { status, consumed, chunks: chunks.join(' '), digest: hash.digest('hex'), together }
}

async function pouredByBoth(deflated: Uint8Array, how: Parameters<typeof pour>[2]): Promise<Poured> {
  const [a, b] = await Promise.all(runtimes.map(runtime => pour(runtime, deflated, how)))
  expect(b).toEqual(a)
  return a as Poured
}

describe('inflating', () => {
  it.each(CASES)('$name', async ({ deflated, length }) => {
    for (const piece of [deflated.length + 1, 20_000, 7 + (deflated.length >> 6)])
      for (const room of [undefined, length >> 1, length]) await pouredByBoth(deflated, { piece, room })
  })

  it('comes to the ends that are told', async () => {
    const status = async (name: string) => {
      const deflated = CASES.find(one => one.name === name)?.deflated ?? expect.unreachable(name)
      return (await pouredByBoth(deflated, { piece: 1000 })).status
    }
    expect(await status('dynamic codes, whole')).toBe('end')
    expect(await status('dynamic codes, without its last byte')).toBe('cut')
    expect(await status('dynamic codes, with another first byte')).toBe('broken')
    expect((await pouredByBoth(new Uint8Array(0), { piece: 1000 })).status).toBe('cut')
  })

  it('says what the stream took where something follows it', async () => {
    for (const { deflated } of STREAMS)
      for (const piece of [deflated.length, 1 << 20]) {
        const followed = Uint8Array.from([...deflated, ...sample(50)])
        expect((await pouredByBoth(followed, { piece })).consumed).toBe(deflated.length)
      }
  })

  it('stops when it is told to', async () => {
    const { deflated } = streamOf('', sample(300_000))
    for (const stopAfter of [1, 262_144, 262_145, 300_000])
      for (const piece of [2000, 1 << 20])
        expect((await pouredByBoth(deflated, { piece, stopAfter })).status).toBe('stopped')
    expect((await pouredByBoth(deflated, { piece: 2000, stopAfter: 300_001 })).status).toBe('end')
  })

  it.each(runtimes.map((runtime, i) => [i === 0 ? 'Node' : 'browser', runtime] as const))(
    'rejects when its input or output does: %s',
    async (_, runtime) => {
      const { deflated } = streamOf('', sample(1000))
      const whole = () => deflated
      await expect(
        runtime.inflateRaw(
          () => Promise.reject(new Error('no input')),
          () => true,
        ),
      ).rejects.toThrow('no input')
      const fail = () => {
        throw new Error('no output')
      }
      await expect(runtime.inflateRaw(whole, fail)).rejects.toThrow('no output')
    },
  )

  it('goes wrong in the same places', async () => {
    const { deflated } = streamOf('', sample(3000))
    await fc.assert(
      fc.asyncProperty(fc.nat(deflated.length - 1), fc.nat(255), fc.integer({ min: 1, max: 400 }), (at, byte, piece) =>
        pouredByBoth(deflated.with(at, byte), { piece }).then(() => {}),
      ),
      { numRuns: 200 },
    )
  })
})

describe('inflating at once', () => {
  it.each(CASES)('$name', ({ deflated, length }) => {
    for (const limit of [0, 1, length - 1, length, length + 1, 2_000_000].filter(one => one >= 0)) {
      const inflated = both(runtime => {
        const result = runtime.inflateRawAtOnce(deflated, limit)
        return result && { consumed: result.consumed, output: hex(result.output) }
      })
      expect((inflated?.output?.length ?? 0) / 2).toBeLessThanOrEqual(limit)
    }
    both(runtime => hex(runtime.inflateRawStart(deflated)))
    both(runtime => hex(runtime.inflateRawStart(deflated.subarray(0, 512))))
  })

  it('says what the stream took', () => {
    for (const { deflated, length } of STREAMS)
      expect(both(runtime => runtime.inflateRawAtOnce(Uint8Array.from([...deflated, 1, 2]), length)?.consumed)).toBe(
        deflated.length,
      )
  })
})
