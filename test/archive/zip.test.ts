import { createHash } from 'node:crypto'
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bytes, concat, pack, writeZip, type ZipEntry, type ZipFrame } from '../../fixtures/make/zip.js'
import type { Archive, Interest, MemberHeader } from '../../src/archive/archive.js'
import type { Inflater, Whole } from '../../src/archive/inflater.js'
import { DEFAULT_LIMITS, type Limits } from '../../src/archive/limits.js'
import { readZip } from '../../src/archive/zip.js'
import { turn } from '../../src/runtime.js'
import { type ByteSource, bytesSource } from '../../src/source/source.js'

interface Options {
  readonly limits?: Partial<Limits>
  readonly interest?: (header: MemberHeader) => Interest | undefined
  readonly first?: readonly ((header: MemberHeader) => boolean)[]
  readonly now?: () => number
}

function read(source: Uint8Array | ByteSource, options: Options = {}): Promise<Archive> {
  return readZip('read' in source ? source : bytesSource(source), {
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    interest: options.interest ?? (() => undefined),
    first: options.first,
    now: options.now ?? (() => 0),
  })
}

const kinds = ({ problems }: Archive) => problems.map(problem => problem.kind)
const problemsOf = async (entries: readonly ZipEntry[], frame?: ZipFrame) => kinds(await read(writeZip(entries, frame)))
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('base64url')

const A: ZipEntry = { name: 'a.txt', data: 'first\n' }
const B: ZipEntry = { name: 'b.txt', data: 'second '.repeat(100) }
const C: ZipEntry = { name: 'c.txt', data: 'third\n' }

/** Collects a member's content as the reader gives it. */
function collector() {
  const chunks: Uint8Array[] = []
  const state = { text: '', intact: undefined as boolean | undefined }
  return {
    state,
    consumer: {
      write: (chunk: Uint8Array) => void chunks.push(chunk.slice()),
      end: (intact: boolean) => {
        state.text = new TextDecoder().decode(concat(...chunks))
        state.intact = intact
      },
    },
  }
}

describe('members', () => {
  it('come in the order of the directory, with size, mode, time and SHA-256', async () => {
    const { format, members, problems } = await read(writeZip([A, { ...B, mode: 0o100755 }]))
    expect(problems).toEqual([])
    expect(format).toBe('zip')
    expect(members.map(member => member.path)).toEqual(['a.txt', 'b.txt'])
    expect(members[1]).toMatchObject({
      type: 'file',
      size: 700,
      actualSize: 700,
      mode: 0o100755,
      mtime: Date.UTC(2020, 0, 1) / 1000,
      sha256: sha256(B.data),
      intact: true,
    })
  })

  it('are directories by their slash and else files, whatever their mode says', async () => {
    const { members } = await read(
      writeZip([
        { name: 'd/', data: '' },
        { name: 'link', data: 'target/of/link', mode: 0o120777 },
        { name: 'device', data: '', mode: 0o020644 },
        { name: 'fifo', data: '', mode: 0o010644 },
        { name: 'plain', data: '', mode: 0 },
      ]),
    )
    expect(members.map(({ type, link }) => [type, link])).toEqual([
      ['directory', undefined],
      ['file', 'target/of/link'],
      ['file', undefined],
      ['file', undefined],
      ['file', undefined],
    ])
  })

  it('are decoded as UTF-8 with flag bit 11, as code page 437 without', async () => {
    const { members } = await read(
      writeZip([
        { name: 'naïve', data: '' },
        { name: 'naïve2', data: '', flags: 0 },
      ]),
    )
    expect(members.map(({ path }) => path)).toEqual(['naïve', 'na├»ve2'])
  })

  it('may be deflated from nothing to no bytes at all', async () => {
    const empty = { name: 'empty', data: '', method: 8, body: new Uint8Array(0) }
    const { members, problems } = await read(writeZip([empty, { name: 'other', data: '', method: 8 }]))
    // uv wants the two bytes that a stream of nothing has.
    expect(problems.map(({ kind, member }) => [kind, member])).toEqual([['zip-deflate-cut', 'empty']])
    expect(members.every(member => member.intact && member.sha256 === sha256(''))).toBe(true)
  })
})

describe('content', () => {
  const large = new Uint8Array(3_000_000).map((_, i) => (i * i) >> 7)

  it.each([
    ['small', bytes('hello')],
    ['large', large],
  ])('of a %s member goes to its consumer, and again to a second one', async (_, data) => {
    const once = collector()
    const twice = collector()
    let asked = 0
    await read(writeZip([{ name: 'x', data, method: 8 }]), {
      interest: () => ({ consumer: once.consumer, again: () => (asked++ === 0 ? twice.consumer : undefined) }),
    })
    for (const { state } of [once, twice]) {
      expect(sha256(bytes(state.text))).toBe(sha256(new TextDecoder().decode(data)))
      expect(state.intact).toBe(true)
    }
  })

  it.each([
    ['small', bytes('hello')],
    ['large', large],
  ])('of a %s member is hashed by every algorithm that is asked for', async (_, data) => {
    const { members } = await read(writeZip([{ name: 'x', data }]), {
      interest: () => ({ digests: ['sha512', 'no-such-hash'] }),
    })
    expect([...(members[0]?.digests ?? [])]).toEqual([
      ['sha512', createHash('sha512').update(data).digest('base64url')],
    ])
  })

  it('is read in the order of the file, those asked for first before all others', async () => {
    const order: string[] = []
    await read(writeZip([A, B, C]), {
      first: [({ path }) => path === 'c.txt'],
      interest: ({ path }) => void order.push(path),
    })
    expect(order).toEqual(['c.txt', 'a.txt', 'b.txt'])
  })

  describe('that another thread inflates', () => {
    const ROOM = 40 * 1024 * 1024
    const damaged: ZipEntry = { name: 'damaged', data: large, method: 8, central: { crc: 1 }, local: { crc: 1 } }
    const zip = writeZip([
      A,
      { name: 'one', data: large, method: 8 },
      damaged,
      { name: 'stored', data: large, method: 0 },
      { name: 'one', data: large.toReversed(), method: 8 },
      { name: 'huge', data: new Uint8Array(65 * 1024 * 1024), method: 8 },
      B,
    ])
    const whole = (packed: Uint8Array, size: number, crc: number): Whole | undefined => {
      const output = inflateRawSync(packed)
      return output.length === size && crc32(output) === crc
        ? { output, sha256: sha256(output), lasting: true }
        : undefined
    }
    const readWith = async (inflate?: Inflater['inflate']) => {
      const digests: string[] = []
      const archive = await readZip(bytesSource(zip), {
        limits: DEFAULT_LIMITS,
        now: () => 0,
        inflater: inflate && { room: ROOM, inflate },
        interest: ({ path }) => {
          const hash = createHash('sha256')
          return {
            digests: ['sha512'],
            consumer: {
              write: chunk => void hash.update(chunk),
              end: intact => void digests.push(`${path} ${intact} ${hash.digest('hex')}`),
            },
          }
        },
      })
      return { archive, digests: digests.sort() }
    }

    it('is the same, whatever that thread can do', async () => {
      const alone = await readWith()
      expect(alone.archive.members.map(({ intact }) => intact)).toEqual([true, true, false, true, true, true, true])
      let asked = 0
      const helped = await readWith(async (...what) => {
        asked++
        return whole(...what)
      })
      expect(helped).toEqual(alone)
      // Those that are stored, or too large, are read by the reader itself.
      expect(asked).toBe(3)
      expect(await readWith(async () => undefined)).toEqual(alone)
    })

    it('is waited for with other work, for as long as there is some', async () => {
      let pieces = 0
      const { members } = await readZip(bytesSource(zip), {
        limits: DEFAULT_LIMITS,
        now: () => 0,
        interest: () => undefined,
        inflater: {
          room: ROOM,
          inflate: async (...what) => {
            for (let i = 0; i < 10; i++) await turn()
            return whole(...what)
          },
        },
        meanwhile: () => ++pieces < 5,
      })
      expect(members.map(({ intact }) => intact)).toEqual([true, true, false, true, true, true, true])
      expect(pieces).toBeGreaterThan(4)
    })
  })

  it('is read from a source that gives the file in pieces', async () => {
    const zip = writeZip([A, { name: 'large', data: large }, B, C])
    // A source larger than what is kept whole, whose end is the zip's: windows move.
    const padded: ByteSource = {
      size: zip.length + 40_000_000,
      async read(offset, length) {
        const out = new Uint8Array(Math.min(length, zip.length + 40_000_000 - offset))
        const from = Math.max(0, offset - 40_000_000)
        const at = Math.max(0, 40_000_000 - offset)
        if (at < out.length) out.set(zip.subarray(from, from + out.length - at), at)
        return out
      },
    }
    const { members, problems } = await read(padded)
    expect(members.map(member => member.intact)).toEqual([true, true, true, true])
    expect(problems).toMatchObject([
      { kind: 'zip-directory-offset', start: 40_000_000 + directoryStart(zip) },
      { kind: 'zip-prepended-data', bytes: 40_000_000 },
    ])
  })

  const directoryStart = (zip: Uint8Array) => new DataView(zip.buffer).getUint32(zip.length - 6, true)

  it('that is broken does not keep the others from being read', async () => {
    const broken = { name: 'broken', data: 'x'.repeat(200), method: 8, body: new Uint8Array([7, 1, 2, 3]) }
    const archive = await read(writeZip([A, broken, B]))
    expect(kinds(archive)).toEqual(['zip-deflate-broken'])
    expect(archive.members.map(({ intact }) => intact)).toEqual([true, false, true])
  })

  it('stops one byte after the stated size', async () => {
    const bomb = { ...B, data: new Uint8Array(50_000_000), local: { size: 10 }, central: { size: 10 } }
    const { state, consumer } = collector()
    const archive = await read(writeZip([bomb]), { interest: () => ({ consumer }) })
    expect(archive.problems).toMatchObject([{ kind: 'zip-size', bytes: undefined, stated: 10 }])
    expect(archive.members[0]).toMatchObject({ actualSize: 10, intact: false })
    expect(state).toEqual({ text: '\0'.repeat(10), intact: false })
  })

  it('has the stated CRC-32', async () => {
    const wrong = { ...A, local: { crc: 1 }, central: { crc: 1 } }
    expect((await read(writeZip([wrong]))).problems).toMatchObject([{ kind: 'zip-crc', member: 'a.txt', stated: 1 }])
  })

  it('fills its compressed size', async () => {
    const body = concat(deflateRawSync(bytes('hello')), bytes('hidden'))
    expect((await read(writeZip([{ name: 'x', data: 'hello', method: 8, body }]))).problems).toMatchObject([
      { kind: 'zip-deflate-trailing', bytes: 6 },
    ])
  })
})

describe('every byte belongs to a record', () => {
  it('in front', async () => {
    expect((await read(writeZip([A], { prefix: bytes('#!/bin/sh\n') }))).problems).toMatchObject([
      { kind: 'zip-prepended-data', offset: 0, bytes: 10 },
    ])
  })

  it('in front, when offsets do not count it', async () => {
    const archive = await read(writeZip([A], { prefix: bytes('#!/bin/sh\n'), countPrefix: false }))
    expect(archive.problems).toMatchObject([
      { kind: 'zip-directory-offset' },
      { kind: 'zip-prepended-data', bytes: 10 },
    ])
    expect(archive.members[0]?.intact).toBe(true)
  })

  it('between members', async () => {
    expect((await read(writeZip([A, { ...B, before: bytes('junk') }]))).problems).toMatchObject([
      { kind: 'zip-gap', offset: 41, bytes: 4 },
    ])
  })

  it('between members and directory, and between directory and end record', async () => {
    expect(await problemsOf([A], { beforeCentral: bytes('junk') })).toEqual(['zip-gap'])
    expect(await problemsOf([A], { beforeEnd: bytes('junk') })).toEqual(['zip-gap', 'zip-directory-refused'])
  })

  it('after the end record', async () => {
    expect((await read(writeZip([A], { suffix: new Uint8Array(100) }))).problems).toMatchObject([
      { kind: 'zip-trailing-data', bytes: 100 },
    ])
  })

  it('so a local record that the directory does not list is seen', async () => {
    expect((await read(writeZip([A, { ...B, omit: 'central' }, C]))).problems).toMatchObject([
      { kind: 'zip-hidden-member', member: 'b.txt', offset: 41 },
    ])
  })

  it('and a second record of a listed name', async () => {
    expect(await problemsOf([A, { ...A, omit: 'central' }])).toEqual(['zip-duplicate-local'])
  })

  it('with one name twice, where another spelling of it came before', async () => {
    const other = { ...A, name: './a.txt' }
    const { problems } = await read(writeZip([A, other, other]))
    expect(problems.filter(({ kind }) => kind === 'zip-duplicate-name')).toMatchObject([
      { other: 'a.txt' },
      { other: undefined },
    ])
  })

  it('and a whole archive in front of another', async () => {
    const archive = await read(concat(writeZip([A]), writeZip([B])))
    expect(kinds(archive)).toEqual(['zip-directory-offset', 'zip-hidden-member', 'zip-second-end'])
    expect(archive.members.map(({ path, intact }) => [path, intact])).toEqual([['b.txt', true]])
  })

  it('and a whole archive in the comment of another', async () => {
    expect(await problemsOf([A], { comment: writeZip([B]) })).toContain('zip-comment-holds-zip')
  })
})

describe('local and central record agree', () => {
  it.each<[string, ZipEntry]>([
    ['zip-local-name', { ...A, local: { name: 'z.txt' } }],
    ['zip-local-size', { ...A, local: { size: 5 } }],
    ['zip-local-compressed-size', { ...A, local: { compressedSize: 5 } }],
    ['zip-local-crc', { ...A, local: { crc: 5 } }],
    ['zip-local-method', { ...A, local: { method: 8 } }],
    ['zip-local-flags', { ...A, local: { flags: 0x800 } }],
    ['zip-local-time', { ...A, local: { time: 5 } }],
  ])('%s', async (kind, entry) => {
    const archive = await read(writeZip([entry, B]))
    expect(kinds(archive)).toEqual([kind])
    expect(archive.members.map(({ intact }) => intact)).toEqual([true, true])
  })

  it('a name is compared by its bytes, whatever code page it has', async () => {
    expect(await problemsOf([{ name: 'naïve', data: '', local: { name: 'naive' } }])).toEqual(['zip-local-name'])
    expect(await problemsOf([{ name: 'naïve', data: '' }])).toEqual([])
  })
})

describe('data descriptors', () => {
  const zero = { crc: 0, compressedSize: 0, size: 0 }
  const crc = 0xcbf43926
  const nine = { name: 'nine', data: '123456789', method: 0, flags: 8, local: zero }

  it.each([
    ['signed', pack('4444', 0x08074b50, crc, 9, 9), []],
    ['unsigned', pack('444', crc, 9, 9), []],
    ['signed, zip64 without its field', pack('4488', 0x08074b50, crc, 9, 9), ['zip-data-descriptor-mismatch']],
    ['unsigned, zip64 without its field', pack('488', crc, 9, 9), ['zip-data-descriptor-mismatch']],
  ])('%s', async (_, after, more) => {
    expect(await problemsOf([{ ...nine, after }, A])).toEqual(['zip-data-descriptor', ...more])
  })

  it('that contradict the directory, or are missing', async () => {
    const after = pack('4444', 0x08074b50, crc, 9, 8)
    expect(await problemsOf([{ ...nine, after }, A])).toEqual(['zip-data-descriptor', 'zip-data-descriptor-mismatch'])
    expect(await problemsOf([nine, A])).toEqual(['zip-data-descriptor', 'zip-data-descriptor-mismatch'])
  })

  it('that no flag announces', async () => {
    const after = pack('4444', 0x08074b50, crc, 9, 9)
    expect(await problemsOf([{ name: 'nine', data: '123456789', after }, A])).toEqual(['zip-data-descriptor-unflagged'])
  })
})

describe('files that are no zip or only a part of one', () => {
  it.each([
    ['empty', new Uint8Array(0)],
    ['not-a-zip', bytes('not a zip at all')],
    ['cut', writeZip([A]).slice(0, 50)],
  ])('%s', async (what, file) => {
    expect((await read(file)).problems).toMatchObject([{ kind: 'zip-end-missing', file: what }])
  })

  it.each([
    ['zeros', concat(writeZip([A]), new Uint8Array(70_000)), false],
    ['a long comment and few zeros', concat(writeZip([A], { comment: 'c'.repeat(65_535) }), new Uint8Array(9)), true],
  ])('have their end record out of reach: %s', async (_, file, zeros) => {
    const archive = await read(file)
    expect(archive.members.map(({ path, intact }) => [path, intact])).toEqual([['a.txt', true]])
    expect(archive.problems).toMatchObject([
      { kind: 'zip-end-missing', file: 'far' },
      { kind: 'zip-trailing-data', zeros },
    ])
    expect(archive.stops).toEqual({ olderPython: true, newerPython: true, walk: true, uv: false })
  })

  it.each([10, 60, 120, 170])('keep the members of a file that lacks its last %i bytes', async missing => {
    const archive = await read(writeZip([A, B, C]).slice(0, -missing))
    expect(archive.members.map(({ path, intact }) => [path, intact])).toEqual([
      ['a.txt', true],
      ['b.txt', true],
      ['c.txt', true],
    ])
  })

  it('never throw, wherever they are cut', async () => {
    const whole = writeZip([A, { ...B, comment: 'note' }, { name: 'naïve', data: 'x' }])
    for (let length = 0; length < whole.length; length++) {
      const found = kinds(await read(whole.slice(0, length)))
      expect(found, `${length}`).not.toEqual([])
      // Where the file ends, no record starts.
      expect(found, `${length}`).not.toContain('zip-runs-into-next')
    }
  })

  it('never throw, whichever byte is changed', async () => {
    const whole = writeZip([A, B, { name: 'd/', data: '' }])
    for (let at = 0; at < whole.length; at++)
      for (const value of [0, 0xff, (whole[at] ?? 0) ^ 0x20]) {
        const changed = whole.slice()
        changed[at] = value
        await read(changed)
      }
  })
})

describe('limits', () => {
  it('of members: the others are not read', async () => {
    const archive = await read(writeZip([A, B, C]), { limits: { members: 2 } })
    expect(kinds(archive)).toEqual(['limit-members'])
    expect(archive.members.map(({ path }) => path)).toEqual(['a.txt', 'b.txt'])
  })

  it('of a name: that member is left out', async () => {
    const archive = await read(writeZip([A, { ...B, name: 'b'.repeat(20) }, C]), { limits: { nameLength: 10 } })
    expect(kinds(archive)).toEqual(['limit-name-length'])
    expect(archive.members.map(({ path }) => path)).toEqual(['a.txt', 'c.txt'])
  })

  it('of inflated bytes: what is beyond is not intact', async () => {
    const archive = await read(writeZip([A, B, C]), { limits: { totalSize: 100 } })
    expect(archive.problems).toMatchObject([{ kind: 'limit-total-size', member: 'b.txt' }])
    expect(archive.members.map(({ intact }) => intact)).toEqual([true, false, true])
  })

  it('of time: checked between members', async () => {
    let clock = 0
    const archive = await read(writeZip([A, B, C]), {
      limits: { seconds: 1 },
      now: () => clock,
      interest: ({ path }) => {
        if (path === 'b.txt') clock = 2000
        return undefined
      },
    })
    expect(kinds(archive)).toEqual(['limit-seconds'])
    expect(archive.members.map(({ intact }) => intact)).toEqual([true, true, false])
  })
})
