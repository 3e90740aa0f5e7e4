import { describe, expect, it } from 'vitest'
import { GNU_MAGIC, gnuLong, gzip, member, paxHeader, type TarEntry, writeTar } from '../../fixtures/make/tar.js'
import { concat } from '../../fixtures/make/zip.js'
import { digest, kindsOf, readBytes } from '../support/read-tar.js'

const text = (value: string) => new TextEncoder().encode(value)
const read = (...entries: TarEntry[]) => readBytes(writeTar(entries))
const kinds = (...entries: TarEntry[]) => kindsOf(writeTar(entries))

/** A number in GNU's binary form, 12 bytes. */
function binary(value: bigint): Uint8Array {
  const bytes = new Uint8Array(12)
  for (let i = 11, rest = BigInt.asUintN(96, value); i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n)
  if (value >= 0n) bytes[0] = 0x80
  return bytes
}

describe('what the file is', () => {
  it.each([
    ['bzip2', [0x42, 0x5a, 0x68, 0x39]],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
    ['compress', [0x1f, 0x9d, 0x90]],
  ])('names the compression %s and does not read it', async (compression, bytes) => {
    const { members, problems } = await readBytes(Uint8Array.from(bytes))
    expect(members).toEqual([])
    expect(problems).toEqual([{ kind: 'tar-compression', offset: 0, compression }])
  })

  it.each([
    ['empty', ''],
    ['text', 'A text.\n'],
    ['zip', 'PK\x03\x04 and more'],
  ])('tells a tar from %s', async (looksLike, content) => {
    expect((await readBytes(text(content))).problems).toEqual([{ kind: 'tar-not-a-tar', offset: 0, looksLike }])
  })

  it('may be a tar without gzip', async () => {
    const bytes = writeTar([{ name: 'a', data: 'x' }])
    const [plain, packed] = [await readBytes(bytes), await readBytes(gzip(bytes))]
    expect(plain.members).toEqual(packed.members)
    expect([plain.gzip, packed.gzip?.members]).toEqual([undefined, 1])
  })

  it('may be an archive of the oldest form', async () => {
    const { members, problems } = await read({ name: 'a', data: 'x', header: { magic: new Uint8Array(8) } })
    expect(members.map(({ path }) => path)).toEqual(['a'])
    expect(problems.map(({ kind }) => kind)).toEqual(['tar-v7'])
  })

  it.each([[gzip(new Uint8Array(0))], [gzip(new Uint8Array(1024))]])('is no archive without a member', async bytes => {
    expect(await kindsOf(bytes)).toEqual(['tar-empty'])
  })
})

describe('a member', () => {
  it('has its content hashed, its place and its times', async () => {
    const data = 'x'.repeat(1000)
    const { members, problems } = await read({ name: 'd/' }, { name: 'd/a', data, mode: 0o755, mtime: 1577836801 })
    expect(problems).toEqual([])
    expect(members[0]).toMatchObject({ path: 'd/', type: 'directory', mode: 0o40755, sha256: '', intact: true })
    expect(members[1]).toEqual({
      path: 'd/a',
      type: 'file',
      size: 1000,
      compressedSize: 1000,
      mode: 0o100755,
      mtime: 1577836801,
      link: undefined,
      offset: 512,
      actualSize: 1000,
      sha256: digest(data),
      digests: undefined,
      intact: true,
    })
  })

  it('of no bytes has the hash of no bytes', async () => {
    expect((await read({ name: 'a' })).members[0]?.sha256).toBe(digest(''))
  })

  it('offers its content and counts other digests when asked', async () => {
    const seen: string[] = []
    const bytes = gzip(
      writeTar([
        { name: 'a', data: 'hello' },
        { name: 'b', data: 'x' },
      ]),
    )
    const { members } = await readBytes(bytes, {}, header =>
      header.path === 'a'
        ? {
            digests: ['sha512', 'no-such-hash'],
            consumer: {
              write: chunk => seen.push(new TextDecoder().decode(chunk)),
              end: intact => seen.push(`${intact}`),
            },
          }
        : undefined,
    )
    expect(seen).toEqual(['hello', 'true'])
    expect(members.map(({ digests }) => digests)).toEqual([new Map([['sha512', digest('hello', 'sha512')]]), undefined])
  })

  it.each([
    ['1', 'hardlink'],
    ['2', 'symlink'],
    ['3', 'device'],
    ['4', 'device'],
    ['6', 'fifo'],
    ['7', 'file'],
    ['\0', 'file'],
  ])('of type %j is a %s', async (type, expected) => {
    expect((await read({ name: 'a', type, link: 'b' })).members[0]?.type).toBe(expected)
  })

  it('of the old type with a slash at its end is a directory', async () => {
    expect((await read({ name: 'd/', type: '\0' })).members[0]?.type).toBe('directory')
  })

  it('of the old type is what the slash in its own header says, as for tarfile, whatever its pax path', async () => {
    const path = `demo/${'n'.repeat(120)}`
    const { members, problems } = await read({ name: 'd/', type: '\0', pax: { path }, data: 'x'.repeat(512) })
    expect(members[0]).toMatchObject({ path, type: 'directory' })
    expect(problems).toContainEqual(expect.objectContaining({ kind: 'tar-size-without-data' }))
    expect((await read({ name: 'd', type: '\0', pax: { path: `${path}/` } })).members[0]?.type).toBe('file')
  })

  it('of an unknown type is skipped with its data', async () => {
    const { members, problems } = await read({ name: 'a', type: 'Z', data: 'xy' }, { name: 'b' })
    expect(members.map(({ path, type }) => [path, type])).toEqual([
      ['a', 'unknown'],
      ['b', 'file'],
    ])
    expect(problems).toMatchObject([{ kind: 'tar-unknown-type', member: 'a', type: 'Z' }])
  })

  it('without content must not state a size', async () => {
    expect(await kinds({ name: 'd/', header: { size: 512 } }, { name: 'b' })).toEqual(['tar-size-without-data'])
  })

  it('may be sparse, and is then not read', async () => {
    const gnu = await read({ name: 'a', type: 'S', data: 'x'.repeat(512), header: { magic: GNU_MAGIC } }, { name: 'b' })
    expect(gnu.members.map(({ path, intact }) => [path, intact])).toEqual([
      ['a', false],
      ['b', true],
    ])
    expect(gnu.problems).toMatchObject([{ kind: 'tar-sparse', by: 'type' }])
    expect(await kinds({ name: 'a', data: 'x', pax: { 'GNU.sparse.map': '0,1' } })).toEqual(['tar-sparse'])
  })

  it('may have a sparse map of several blocks', async () => {
    const header = writeTar([{ name: 'a', type: 'S', header: { magic: GNU_MAGIC, size: 512 } }], { end: 0 })
    header[482] = 1
    const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
    header.set(text(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
    const more = new Uint8Array(512)
    more[504] = 1
    const bytes = concat(header, more, new Uint8Array(512), text('x'.repeat(512)), writeTar([{ name: 'b' }]))
    expect((await readBytes(bytes)).members.map(({ path }) => path)).toEqual(['a', 'b'])
  })
})

describe('names', () => {
  const long = `${'d'.repeat(150)}/é.txt`

  it('join prefix and name', async () => {
    expect((await read({ name: 'a', header: { prefix: 'x/y' } })).members[0]?.path).toBe('x/y/a')
  })

  it('come from the pax record where there is one', async () => {
    const { members, problems } = await read({ name: long, data: 'x' })
    expect(members[0]?.path).toBe(long)
    expect(problems).toEqual([])
  })

  it('come from the GNU long name, up to its NUL', async () => {
    const { members, problems } = await read(
      { name: 'short', before: gnuLong('L', long), header: { magic: GNU_MAGIC } },
      { name: 'l', type: '2', before: gnuLong('K', long), header: { magic: GNU_MAGIC } },
    )
    expect([members[0]?.path, members[1]?.link]).toEqual([long, long])
    expect(problems).toEqual([])
  })

  it('may not differ between pax and GNU', async () => {
    const problem = { kind: 'tar-name-pax-gnu', what: 'path', pax: 'pax', gnu: 'gnu' }
    const [gnu, pax] = [gnuLong('L', 'gnu'), paxHeader([['path', 'pax']])]
    const { members, problems } = await read(
      { name: 'x', before: concat(gnu, pax) },
      { name: 'x', before: concat(pax, gnu) },
      { name: 'l', type: '2', before: concat(gnuLong('K', 'gnu'), paxHeader([['linkpath', 'pax']])) },
    )
    expect(problems).toMatchObject([problem, problem, { ...problem, what: 'link target' }])
    // tarfile takes the first.
    expect([members[0]?.path, members[1]?.path, members[2]?.link]).toEqual(['gnu', 'pax', 'gnu'])
  })

  it('is the first of two GNU long names for tarfile, and may not be given twice', async () => {
    const twice = (type: 'L' | 'K') => concat(gnuLong(type, 'first'), gnuLong(type, 'second'))
    const { members, problems } = await read(
      { name: 'x', before: twice('L'), header: { magic: GNU_MAGIC } },
      { name: 'l', type: '2', before: twice('K'), header: { magic: GNU_MAGIC } },
    )
    expect([members[0]?.path, members[1]?.link]).toEqual(['first', 'first'])
    const problem = { kind: 'tar-name-gnu-twice', what: 'path', first: 'first', second: 'second' }
    expect(problems).toMatchObject([problem, { ...problem, what: 'link target' }])
  })

  it('may not differ between pax and header where the header could hold the name', async () => {
    const { problems } = await read({ name: 'header', pax: { path: 'pax' } })
    expect(problems).toMatchObject([{ kind: 'tar-name-conflict', what: 'path', extended: 'pax', own: 'header' }])
    expect(await kinds({ name: 'same', pax: { path: 'same' } })).toEqual([])
  })

  it('may not differ between pax and header of a link', async () => {
    const { problems, members } = await read({ name: 'l', type: '2', link: 'a', pax: { linkpath: '../b' } })
    expect(members[0]?.link).toBe('../b')
    expect(problems).toMatchObject([{ kind: 'tar-name-conflict', what: 'link target', extended: '../b', own: 'a' }])
  })

  it('that are not UTF-8 are read as Latin-1', async () => {
    const { members, problems } = await read({ name: 'x', header: { name: Uint8Array.of(0x6e, 0xef) } })
    expect(members[0]?.path).toBe('nï')
    expect(problems.map(({ kind }) => kind)).toEqual(['tar-name-encoding'])
  })

  it('are cut at the limit', async () => {
    const bytes = writeTar([{ name: 'n'.repeat(300) }])
    const { members, problems } = await readBytes(bytes, { nameLength: 200 })
    expect(members[0]?.path).toHaveLength(200)
    expect(problems).toMatchObject([{ kind: 'limit-name-length', length: 300, limit: 200 }])
  })
})

describe('sizes and numbers', () => {
  const INNER = member({ name: 'inner', data: 'x' })

  it('take the pax size, as tarfile does', async () => {
    const hidden = await read({ name: 'a', data: INNER, pax: { size: '0' } })
    expect(hidden.members.map(({ path }) => path)).toEqual(['a', 'inner'])
    expect(hidden.problems).toMatchObject([{ kind: 'tar-size-conflict', pax: 0, header: 1024 }])
    const hiding = await read({ name: 'a', data: INNER, header: { size: 0 }, pax: { size: '1024' } })
    expect(hiding.members.map(({ path }) => path)).toEqual(['a'])
  })

  it.each(['1e3', '', '0x10'])('take %j as a pax size for 0, as tarfile does, and name it', async size => {
    expect(await kinds({ name: 'a', pax: { size } }, { name: 'b' })).toEqual(['tar-size-invalid'])
    const { members } = await read({ name: 'a', data: member({ name: 'inner' }), pax: { size } }, { name: 'b' })
    expect(members.map(({ path }) => path)).toEqual(['a', 'inner', 'b'])
  })

  it.each([' 5', '+5', '0_5'])('take %j as a pax size for 5, as Python does, and name it', async size => {
    const { members, problems } = await read({ name: 'a', data: '12345', pax: { size } }, { name: 'b' })
    expect(members.map(one => one.size)).toEqual([5, 0])
    expect(problems.map(({ kind }) => kind)).toEqual(['tar-size-invalid'])
  })

  it('end the archive at a pax size that is negative or beyond what can be sought', async () => {
    const negative = await read({ name: 'x' }, { name: 'a', data: '12345', pax: { size: '-1' } }, { name: 'b' })
    expect(negative.problems[1]).toMatchObject({ kind: 'tar-number-invalid', text: '-1', tarfile: 'ends' })
    expect(negative.members.map(({ path }) => path)).toEqual(['x'])
    const huge = await read({ name: 'a', data: '12345', pax: { size: '9'.repeat(30) } })
    expect(huge.problems[1]).toMatchObject({ kind: 'tar-number-invalid', tarfile: 'crashes' })
  })

  it.each([
    ['negative', binary(-512n), '-512', 'ends'],
    ['huge', binary(1n << 63n), '9223372036854775808', 'crashes'],
    ['letters', '0000000zz10\0', '0000000zz10', 'ends'],
    ['of a first byte that is none', Uint8Array.of(0x81, ...new Uint8Array(11)), '\x81', 'ends'],
  ])('end the archive at a size that is %s', async (_, size, text, tarfile) => {
    const { members, problems } = await read({ name: 'x' }, { name: 'a', header: { size } }, { name: 'b' })
    expect(problems).toMatchObject([
      { kind: 'tar-number-invalid', member: 'a', field: 'size', text, tarfile, uv: true },
    ])
    expect(members.map(({ path }) => path)).toEqual(['x'])
  })

  it('end the archive at any other number that is none, as tarfile does', async () => {
    for (const [field, uv] of [
      ['mtime', true],
      ['mode', true],
      ['major', false],
      ['minor', false],
    ] as const) {
      const { members, problems } = await read({ name: 'x' }, { name: 'a', header: { [field]: '12x' } }, { name: 'b' })
      expect(problems).toMatchObject([{ kind: 'tar-number-invalid', tarfile: 'ends', uv }])
      expect(members.map(({ path }) => path)).toEqual(['x'])
    }
  })

  it('refuse the archive for tarfile at the first header, and after an extension header', async () => {
    const first = await read({ name: 'a', header: { mtime: '12x' } })
    expect(first.problems).toMatchObject([{ kind: 'tar-number-invalid', tarfile: 'refuses' }])
    const nested = await read({ name: 'x' }, { name: 'a', pax: { comment: 'c' }, header: { mtime: '12x' } })
    expect(nested.problems).toMatchObject([{ kind: 'tar-number-invalid', tarfile: 'refuses' }])
  })

  it.each([
    ['no end', '00000000'],
    ['a NUL inside', '000\x00000\0'],
    ['blanks alone', '        '],
    ['a sign', '+000005\0'],
    ['a prefix', '0o00005\0'],
    ['an underscore', '00_0005\0'],
  ])('are read by tarfile with %s, and not by strict readers', async (_, uid) => {
    expect(await kinds({ name: 'a', header: { uid } }, { name: 'b' })).toEqual(['tar-number-form'])
  })

  it('may be a time that no file has', async () => {
    for (const mtime of ['nan', '-inf', '1e300', '9223372036854775808'])
      expect(await kinds({ name: 'a', pax: { mtime } })).toContain('tar-time')
    expect(await kinds({ name: 'a', header: { mtime: binary(1n << 63n), magic: GNU_MAGIC } })).toContain('tar-time')
    expect(await kinds({ name: 'a', pax: { mtime: '9223372036854774784' } })).toEqual([])
    expect(await kinds({ name: 'l', type: '2', link: 'a', pax: { mtime: '1e300' } })).toEqual(['tar-pax-value'])
  })

  it('name blanks in front and binary numbers outside of the GNU format', async () => {
    const data = 'data\n'
    expect(await kinds({ name: 'a', data, header: { size: '         5 \0' } })).toEqual(['tar-number-form'])
    expect(await kinds({ name: 'a', data, header: { size: binary(5n) } })).toEqual(['tar-number-form'])
    expect(await kinds({ name: 'a', data, header: { size: binary(5n), magic: GNU_MAGIC } })).toEqual([])
    expect(await kinds({ name: 'a', data, header: { mode: '000644 \0', uid: new Uint8Array(8) } })).toEqual([])
  })

  it('take the time of the pax record', async () => {
    const { members } = await read(
      { name: 'a', pax: { mtime: '1577836800.25' } },
      { name: 'b', pax: { mtime: '-1.5' } },
    )
    expect(members.map(({ mtime }) => mtime)).toEqual([1577836800, -2])
  })
})

describe('pax records', () => {
  it.each([
    ['a length past the end', '99 path=x\n', { what: 'length-past-the-end', length: 99 }],
    ['a length of nothing', '0 path=x\n', { what: 'length-too-short', length: 0 }],
    ['a length of less than any record', '4 =\n', { what: 'length-too-short', length: 4 }],
    ['no length', ' path=x\n', { what: 'no-length' }],
    ['a length of letters', 'x path=x\n', { what: 'length-not-a-number' }],
    ['a length of many digits', `${'9'.repeat(4000)} path=x\n`, { what: 'length-of-many-digits' }],
    ['no line feed', '9 path=xy', { what: 'no-line-feed' }],
    ['no equals sign', '8 pathx\n', { what: 'no-equals-sign' }],
    ['no key', '5 =x\n', { what: 'empty-key' }],
  ])('may not have %s', async (_, records, fault) => {
    const { problems, members } = await read({ name: 'x' }, { name: 'a', before: paxHeader(text(records)) })
    expect(problems).toMatchObject([{ kind: 'tar-pax-record', fault, tarfile: 'ends' }])
    // tarfile takes the archive to be over there.
    expect(members.map(({ path }) => path)).toEqual(['x'])
  })

  it('may be followed by NULs for tarfile, and for no strict reader', async () => {
    const { members, problems } = await read({ name: 'a', before: paxHeader(text('10 path=b\n\0\0')) })
    expect(problems[0]).toMatchObject({ kind: 'tar-pax-record', fault: { what: 'nul' }, tarfile: 'reads on', uv: true })
    expect(members[0]?.path).toBe('b')
  })

  it('are read on into the padding by tarfile', async () => {
    const hiding = (padding: string) => {
      const header = paxHeader(text('13 comment=x\n'))
      header.set(text(padding), 512 + 13)
      return header
    }
    const hidden = await read({ name: 'a', before: hiding('10 path=b\n') }, { name: 'c' })
    expect(hidden.members.map(({ path }) => path)).toEqual(['b', 'c'])
    expect(hidden.problems).toContainEqual(
      expect.objectContaining({ kind: 'tar-extension-padding', tarfile: 'reads', text: 'path' }),
    )
    const junk = await read({ name: 'x' }, { name: 'a', before: hiding('junk') })
    expect(junk.members.map(({ path }) => path)).toEqual(['x'])
    expect(junk.problems).toMatchObject([{ kind: 'tar-extension-padding', tarfile: 'ends', text: 'junk' }])
    for (const harmless of ['\0junk', '13 comment=y\n']) {
      const { members, problems } = await read({ name: 'a', before: hiding(harmless) })
      expect(members.map(({ path }) => path)).toEqual(['a'])
      expect(problems).toMatchObject([{ kind: 'tar-extension-padding', tarfile: 'ignores' }])
    }
  })

  it('of a GNU long name end at a NUL, which may stand in the padding for tarfile alone', async () => {
    const long = (name: string, size: number) => {
      const header = gnuLong('L', name)
      header.set(text(`${size.toString(8).padStart(11, '0')}\0`), 124)
      const sum = header.subarray(0, 512).reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
      header.set(text(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
      return header
    }
    const of = async (before: Uint8Array) => {
      const { members, problems } = await read({ name: 'a', before, header: { magic: GNU_MAGIC } })
      return [
        members[0]?.path,
        problems.map(one => (one.kind === 'tar-long-name' ? one.fault : 'tarfile' in one ? one.tarfile : one.kind)),
      ]
    }
    expect(await of(long('long.py', 8))).toEqual(['long.py', []])
    expect(await of(long('long.py', 4))).toEqual(['long.py', ['no-nul', 'reads']])
    expect(await of(long('long', 4))).toEqual(['long', ['no-nul']])
    expect(await of(long('long\0x', 7))).toEqual(['long', ['after-nul']])
    expect(await of(long('long\0x', 5))).toEqual(['long', ['ignores']])
  })

  it('may not repeat a key', async () => {
    const twice = (a: string, b: string): TarEntry => ({
      name: 'a',
      pax: [
        ['path', a],
        ['path', b],
      ],
    })
    expect(await kinds(twice('a', 'a'))).toEqual(['tar-pax-duplicate'])
    const { problems } = await read(twice('b', 'a'))
    expect(problems).toMatchObject([{ kind: 'tar-pax-duplicate', key: 'path', value: 'a', other: 'b' }])
  })

  it('name keys of unknown vendors', async () => {
    expect(await kinds({ name: 'a', pax: { 'SCHILY.ino': '1', 'LIBARCHIVE.x': '1', comment: 'c' } })).toEqual([])
    expect(await kinds({ name: 'a', pax: { 'ACME.mark': '1' } })).toEqual(['tar-pax-vendor'])
  })

  it('may be declared as binary', async () => {
    expect(await kinds({ name: 'a', pax: { hdrcharset: 'BINARY' } })).toEqual(['tar-name-encoding'])
  })

  it('may be larger than the limit, and are then skipped', async () => {
    const bytes = writeTar([{ name: 'a', pax: { comment: 'c'.repeat(2000), path: 'b' } }])
    const { members, problems } = await readBytes(bytes, { paxBlock: 1000 })
    expect(members.map(({ path }) => path)).toEqual(['a'])
    expect(problems.map(({ kind }) => kind)).toEqual(['limit-pax-block'])
  })

  it('in a global header hold for all that follow, and may not name one member', async () => {
    const global = (records: [string, string][]) => paxHeader(records, 'g')
    expect(await kinds({ name: 'a', before: global([['comment', 'commit']]) })).toEqual([])
    const { members, problems } = await read({ name: 'a', before: global([['path', 'b']]) }, { name: 'b' })
    expect(members.map(({ path }) => path)).toEqual(['b', 'b'])
    expect(problems.map(({ kind }) => kind)).toEqual(['tar-global-field', 'tar-name-conflict'])
    expect(await kinds({ name: 'a', data: 'x', before: global([['size', '0']]) }, { name: 'b' })).toEqual([
      'tar-global-field',
    ])
  })

  it('of all global headers together stay within the limit', async () => {
    const before = paxHeader([['comment', 'c'.repeat(400)]], 'g')
    const bytes = writeTar(['a', 'b', 'c'].map(name => ({ name, before })))
    const { problems } = await readBytes(bytes, { paxBlock: 1000 })
    expect(problems.map(({ kind }) => kind)).toEqual(['limit-pax-block'])
  })
})

describe('extended headers', () => {
  const chain = (count: number) => concat(...Array.from({ length: count }, () => paxHeader([['comment', 'x']])))

  it('are plausible up to four', async () => {
    const global = Array.from({ length: 3 }, () => paxHeader([['comment', 'x']], 'g'))
    expect(await kinds({ name: 'a', before: concat(...global, chain(1)) })).toEqual([])
    const { problems } = await read({ name: 'a', before: chain(5) })
    expect(problems.at(-1)).toMatchObject({ kind: 'tar-extension-chain', member: 'a', count: 5 })
    expect(problems.slice(0, -1).map(({ kind }) => kind)).toEqual(Array(4).fill('tar-pax-again'))
  })

  it('need a member', async () => {
    expect(await kinds({ name: 'a', after: chain(1) })).toEqual(['tar-extension-alone'])
    expect(await kindsOf(writeTar([{ name: 'a', after: chain(1) }], { end: 0 }))).toEqual(['tar-extension-alone'])
  })

  it('of two kinds before one member: the first one wins', async () => {
    const { members, problems } = await read({
      name: 'x',
      before: concat(paxHeader([['path', 'first']]), paxHeader([['path', 'second']])),
    })
    expect(members[0]?.path).toBe('first')
    expect(problems.map(({ kind }) => kind)).toContain('tar-pax-again')
  })
})

describe('checksums', () => {
  it('must be right in the first header', async () => {
    const bytes = gzip(writeTar([{ name: 'a', header: { checksum: '000001\0 ' } }, { name: 'b' }]))
    const { members, problems } = await readBytes(bytes)
    expect(members).toEqual([])
    expect(problems).toEqual([{ kind: 'tar-checksum', offset: 0, first: true, nested: false }])
  })

  it('must be right in a later one, which ends the archive', async () => {
    const { members, problems } = await read(
      { name: 'a' },
      { name: 'b', header: { checksum: '000001\0 ' } },
      { name: 'c' },
    )
    expect(members.map(({ path }) => path)).toEqual(['a'])
    expect(problems).toEqual([{ kind: 'tar-checksum', offset: 512, first: false, nested: false }])
  })

  it('may be padded otherwise', async () => {
    const entry: TarEntry = { name: 'a' }
    const sum = new TextDecoder().decode(member(entry).subarray(148, 154))
    expect(await kinds({ ...entry, header: { checksum: `0${sum}\0` } })).toEqual([])
  })
})

describe('the end', () => {
  const one = [{ name: 'a', data: 'x' }]

  it('is two zero blocks', async () => {
    expect(await kindsOf(writeTar(one, { end: 2 }))).toEqual([])
    for (const end of [0, 1])
      expect((await readBytes(writeTar(one, { end }))).problems).toMatchObject([
        { kind: 'tar-no-end', zeroBlocks: end },
      ])
  })

  it('may be padded with any number of zero blocks', async () => {
    expect(await kindsOf(writeTar(one, { suffix: new Uint8Array(20_480) }))).toEqual([])
  })

  it('ends the archive, and a header after it is named and not read', async () => {
    const { members, problems } = await readBytes(writeTar(one, { suffix: member({ name: 'hidden', data: 'x' }) }))
    expect(members.map(({ path }) => path)).toEqual(['a'])
    expect(problems).toMatchObject([{ kind: 'tar-member-after-end', name: 'hidden' }])
  })

  it('may not be followed by data, which does not hide a header behind it', async () => {
    const junk = concat(text('not zero'), new Uint8Array(504))
    expect(await kindsOf(writeTar(one, { suffix: junk }))).toEqual(['tar-data-after-end'])
    expect(await kindsOf(writeTar(one, { suffix: concat(junk, member({ name: 'hidden' })) }))).toEqual([
      'tar-data-after-end',
      'tar-member-after-end',
    ])
  })

  it.each([
    ['a header', 100, 'block'],
    ['content', 700, 'payload'],
    ['padding', 1200, 'padding'],
  ])('may not come inside %s', async (_, length, inside) => {
    const bytes = writeTar([{ name: 'a', data: 'x'.repeat(600) }], { end: 0 })
    const { problems } = await readBytes(gzip(bytes.subarray(0, length)))
    expect(problems).toMatchObject([{ kind: 'tar-truncated', inside }])
  })
})

describe('limits', () => {
  it('stop at a number of members', async () => {
    const bytes = writeTar(Array.from({ length: 20 }, (_, i) => ({ name: `f${i}` })))
    const { members, problems } = await readBytes(gzip(bytes), { members: 10 })
    expect(members).toHaveLength(10)
    expect(problems).toMatchObject([{ kind: 'limit-members', limit: 10 }])
  })

  it('stop where a header says that the content is over the limit', async () => {
    const small = gzip(writeTar([{ name: 'a', header: { size: 8 ** 11 - 1 } }]))
    expect((await readBytes(small)).problems.map(({ kind }) => kind)).toContain('tar-truncated')
    // The limit is one that a file of this size can reach.
    const { problems } = await readBytes(small, { totalSize: 10_000 })
    expect(problems).toContainEqual({ kind: 'limit-total-size', offset: 0, limit: 10_000 })
  })

  it('stop after a time', async () => {
    const { readTar } = await import('../../src/archive/tar.js')
    const { DEFAULT_LIMITS } = await import('../../src/archive/limits.js')
    const { bytesSource } = await import('../../src/source/source.js')
    let time = 0
    const source = bytesSource(gzip(writeTar([{ name: 'zeros', data: new Uint8Array(4_000_000) }])))
    const now = () => {
      time += 10_000
      return time
    }
    const { problems } = await readTar(source, { limits: DEFAULT_LIMITS, interest: () => undefined, now })
    expect(problems).toMatchObject([{ kind: 'limit-seconds', limit: 60 }])
  })
})

describe('facts about the headers', () => {
  it('count formats and name owners', async () => {
    const { tar } = await read(
      { name: 'a', header: { uname: 'ann', gname: 'root' } },
      { name: 'b', header: { magic: GNU_MAGIC }, pax: { comment: 'x' } },
    )
    expect(tar).toEqual({
      formats: { ustar: 2, gnu: 1, v7: 0 },
      // The pax header of the second member is of ustar's format.
      firsts: { ustar: 0, gnu: 1536 },
      pax: 1,
      long: 0,
      owners: ['ann'],
      ownersAt: 0,
    })
  })
})
