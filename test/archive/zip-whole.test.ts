import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { writeZip, type ZipEntry } from '../../fixtures/make/zip.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { readZip } from '../../src/archive/zip.js'
import { nativeInterest } from '../../src/native/collector.js'
import { bytesSource } from '../../src/source/source.js'

const MiB = 1024 * 1024
/** Over three MiB that deflate to some hundred kilobytes in several pieces. */
const content = Uint8Array.from({ length: 3 * MiB + 17 }, (_, i) => (Math.imul(i >>> 6, 2654435761) >>> 24) & 0xff)

/** What a consumer that keeps the whole member is given. */
async function whole(entry: Partial<ZipEntry>) {
  const chunks: Uint8Array[] = []
  const lasting = new Set<boolean | undefined>()
  let first: Uint8Array | undefined
  let intact: boolean | undefined
  const zip = writeZip([{ name: 'demo/x.bin', data: content, method: 8, ...entry }])
  const archive = await readZip(bytesSource(zip), {
    limits: DEFAULT_LIMITS,
    now: () => 0,
    interest: () => ({
      whole: bytes => {
        first = Uint8Array.from(bytes.subarray(0, 8))
        return true
      },
      consumer: {
        write(chunk, isLasting) {
          chunks.push(chunk)
          lasting.add(isLasting)
        },
        end: is => {
          intact = is
        },
      },
    }),
  })
  return { chunks, lasting, first, intact, kinds: archive.problems.map(({ kind }) => kind) }
}

describe('a large member that is kept whole', () => {
  it('comes in chunks that lie in one buffer', async () => {
    const { chunks, lasting, first, intact, kinds } = await whole({})
    expect({ first, intact, kinds, lasting: [...lasting] }).toEqual({
      first: content.slice(0, 8),
      intact: true,
      kinds: [],
      lasting: [true],
    })
    const [start] = chunks
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    expect(new Set(chunks.map(chunk => chunk.buffer)).size).toBe(1)
    expect(Buffer.compare(new Uint8Array(start!.buffer, start!.byteOffset, length), content)).toBe(0)
  })

  it.each([
    ['less', 2 * MiB, 2 * MiB, false],
    // Python, too, takes what there is when its CRC-32 is right.
    ['more', 5 * MiB, content.length, true],
  ])('is cut at its records when they say %s than there is', async (_, size, given, whole_) => {
    const { chunks, intact, kinds } = await whole({ central: { size }, local: { size } })
    expect({ intact, kinds }).toEqual({ intact: whole_, kinds: ['zip-size'] })
    expect(Buffer.compare(Buffer.concat(chunks), content.slice(0, given))).toBe(0)
  })

  it('is given up to where its stream is broken', async () => {
    const body = new Uint8Array(deflateRawSync(content))
    body.fill(0xff, body.length / 2)
    const { intact, kinds } = await whole({ body, central: { size: content.length }, local: { size: content.length } })
    expect(intact).toBe(false)
    expect(kinds).not.toEqual([])
  })

  it('is not, when it is stored', async () => {
    const { chunks, first, intact } = await whole({ method: 0 })
    expect({ first, intact }).toEqual({ first: new Uint8Array(0), intact: true })
    expect(chunks.length).toBeGreaterThan(0)
  })
})

it('keeps a binary where it lies, and copies it where chunks come apart', () => {
  const elf = Uint8Array.from({ length: 64 }, (_, i) => [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1][i] ?? 0)
  const header = {
    path: 'x',
    type: 'file',
    size: 64,
    compressedSize: 64,
    mode: 0,
    mtime: 0,
    link: undefined,
    offset: 0,
  } as const
  const sizes = [true, false].map(together => {
    let size: number | undefined
    const { consumer } = nativeInterest(header, DEFAULT_LIMITS, file => {
      size = file.size
    })
    const [a, b] = [elf.subarray(0, 20), together ? elf.subarray(20) : elf.slice(20)]
    consumer.write(a, true)
    consumer.write(b, true)
    consumer.end?.(true)
    return size
  })
  expect(sizes).toEqual([64, 64])
})
