import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gzip, writeTar } from '../../fixtures/make/tar.js'
import { concat, pack } from '../../fixtures/make/zip.js'
import { kindsOf, readBytes } from '../support/read-tar.js'

const text = (value: string) => new TextEncoder().encode(value)
const tar = writeTar([
  { name: 'demo-1.0/PKG-INFO', data: 'Name: demo\n' },
  { name: 'demo-1.0/a.txt', data: 'a'.repeat(5000) },
])

describe('the header', () => {
  it('gives name and time', async () => {
    const { gzip: facts } = await readBytes(gzip(tar, { flags: 8, extra: text('demo-1.0.tar\0'), mtime: 1577836800 }))
    expect(facts).toEqual({
      fname: 'demo-1.0.tar',
      fnameAt: 10,
      mtime: 1577836800,
      members: 1,
      inflatedSize: tar.length,
    })
  })

  it('reads the name as Latin-1', async () => {
    const { gzip: facts } = await readBytes(gzip(tar, { flags: 8, extra: Uint8Array.of(0x6e, 0xe9, 0) }))
    expect(facts?.fname).toBe('né')
  })

  it('may have extra fields, a comment and a CRC of its own', async () => {
    const extra = concat(pack('2', 4), text('abcd'), text('name\0'), text('comment\0'))
    const flags = 4 | 8 | 16
    const { gzip: facts, problems } = await readBytes(gzip(tar, { flags, extra }))
    expect(problems).toEqual([])
    expect(facts).toMatchObject({ fname: 'name', fnameAt: 16 })
    const withCrc = gzip(tar, { flags: flags | 2, extra: concat(extra, pack('2', 0)) })
    expect(await kindsOf(withCrc)).toEqual(['gzip-header'])
  })

  it.each([
    ['another method than deflate', { method: 7 }, { what: 'method', method: 7 }],
    ['reserved flags', { flags: 0x40 }, { what: 'reserved-flags', flags: 0x40 }],
  ])('must not have %s', async (_, fields, fault) => {
    const { problems } = await readBytes(gzip(tar, fields))
    expect(problems).toEqual([{ kind: 'gzip-header', offset: 0, fault, afterTar: false, afterBoth: false }])
  })

  it.each([0, 2, 9, 12])('is cut in a file that has only %i bytes of it', async length => {
    const bytes = gzip(tar, { flags: 8, extra: text('name without end') }).subarray(0, length)
    expect(await kindsOf(bytes)).toEqual([length < 2 ? 'tar-not-a-tar' : 'gzip-truncated'])
  })

  it('may not have a name that is not terminated', async () => {
    const bytes = gzip(tar, { flags: 8, extra: text('n'.repeat(200_000)) })
    const { problems } = await readBytes(bytes)
    expect(problems).toEqual([
      { kind: 'gzip-header', offset: 0, fault: { what: 'endless-name' }, afterTar: false, afterBoth: false },
    ])
  })
})

describe('the data', () => {
  it('gives what came out before the file was cut', async () => {
    const noise = Array.from({ length: 4000 }, (_, i) => `${(i * 7919) % 10007}`).join('')
    const whole = writeTar([
      { name: 'a', data: 'first' },
      { name: 'b', data: noise },
    ])
    const bytes = gzip(whole, { body: deflateRawSync(whole) })
    const { members, problems } = await readBytes(bytes.subarray(0, bytes.length - 200))
    expect(members.map(({ path, intact }) => [path, intact])).toEqual([
      ['a', true],
      ['b', false],
    ])
    expect(members[1]?.actualSize).toBeGreaterThan(1000)
    expect(problems.map(({ kind }) => kind)).toEqual(['gzip-truncated'])
  })

  it('gives what came out before it was broken', async () => {
    // A stored block that is not the last, then block type 3, which does not exist.
    const start = writeTar([{ name: 'a', data: 'first' }]).subarray(0, 1024)
    const broken = concat(pack('122', 0, start.length, 0xffff ^ start.length), start, Uint8Array.of(7))
    const { members, problems } = await readBytes(gzip(tar, { body: broken }))
    expect(members.map(({ path }) => path)).toEqual(['a'])
    expect(problems.map(({ kind }) => kind)).toEqual(['gzip-deflate'])
  })

  it('may be stored without compression', async () => {
    const body = concat(pack('122', 1, tar.length, 0xffff ^ tar.length), tar)
    expect(await kindsOf(gzip(tar, { body }))).toEqual([])
  })

  it('stops at the limit of inflated bytes', async () => {
    const bytes = gzip(writeTar([{ name: 'zeros', data: new Uint8Array(3_000_000) }]))
    const { problems, members } = await readBytes(bytes, { totalSize: 1_000_000 })
    // The header says how much it is.
    expect(problems).toEqual([{ kind: 'limit-total-size', offset: 0, limit: 1_000_000 }])
    expect(members).toMatchObject([{ path: 'zeros', actualSize: 0, intact: false }])
  })
})

describe('the trailer', () => {
  it('states the CRC of the data', async () => {
    const { problems, members } = await readBytes(gzip(tar, { crc: 0x01020304 }))
    expect(problems).toMatchObject([{ kind: 'gzip-crc', stated: 0x01020304 }])
    expect(members).toHaveLength(2)
  })

  it('states the length of the data', async () => {
    const { problems } = await readBytes(gzip(tar, { size: 5 }))
    expect(problems).toMatchObject([{ kind: 'gzip-length', stated: 5, actual: tar.length }])
  })

  it('must be there', async () => {
    const { problems, members } = await readBytes(gzip(tar, { trailer: false }))
    expect(problems).toMatchObject([{ kind: 'gzip-truncated', inside: 'trailer', afterTar: true }])
    expect(members).toHaveLength(2)
  })
})

describe('what follows', () => {
  it('may be another member, which is worth a word when it holds data', async () => {
    const bytes = concat(gzip(tar.subarray(0, 700)), gzip(tar.subarray(700)))
    const { problems, members, gzip: facts } = await readBytes(bytes)
    expect(members.map(({ path, intact }) => [path, intact])).toEqual([
      ['demo-1.0/PKG-INFO', true],
      ['demo-1.0/a.txt', true],
    ])
    expect(problems).toMatchObject([{ kind: 'gzip-members', number: 2 }])
    expect(facts?.members).toBe(2)
  })

  it('may be an empty member', async () => {
    expect(await kindsOf(concat(gzip(tar), gzip(new Uint8Array(0))))).toEqual([])
  })

  it('may be zeros, which are named', async () => {
    const { problems } = await readBytes(gzip(tar, { suffix: new Uint8Array(64) }))
    expect(problems).toMatchObject([{ kind: 'gzip-trailing-zeros', bytes: 64 }])
  })

  it('is otherwise no part of the format', async () => {
    const { problems } = await readBytes(gzip(tar, { suffix: concat(new Uint8Array(3), text('text')) }))
    expect(problems).toMatchObject([{ kind: 'gzip-trailing', offset: gzip(tar).length, bytes: 7 }])
  })
})
