import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { GNU_MAGIC, gnuLong, gzip, header, paxHeader, type TarEntry, writeTar } from '../../fixtures/make/tar.js'
import { bytes, concat, extraField, pack, writeZip, type ZipEntry, type ZipFields } from '../../fixtures/make/zip.js'
import type { Archive, Member } from '../../src/archive/archive.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { readTar } from '../../src/archive/tar.js'
import { readZip } from '../../src/archive/zip.js'
import { bytesSource } from '../../src/source/source.js'
import { generator, pick, type Random } from '../fuzz/mutate.js'

// What our walk calls clean, CPython's modules must read alike: pip installs with them. Names, types, sizes and extension
// headers are put together at random; the other fuzzers hardly ever come upon two of them that contradict each other.

type Row = readonly [path: string, type: string, size: number, sha256: string, link: string]

const NAMES = [
  'a',
  'b/c',
  'b/c/',
  './a',
  '../x',
  '/abs',
  'a//b',
  'é',
  ' a',
  'x\n',
  'a\\b',
  'n'.repeat(100),
  'n'.repeat(120),
]
const SEED = 8
const CASES = 1500

/** What strict readers refuse, and tarfile reads without a word. */
const STRICT_ONLY: ReadonlySet<string> = new Set([
  'tar-extension-format',
  'tar-header-form',
  'tar-pax-again',
  'tar-pax-duplicate',
  'tar-pax-value',
])

const rarely = (random: Random, times: number, value: object | undefined) => (random(times) === 0 ? value : undefined)

function extension(random: Random): Uint8Array {
  const name = pick(NAMES, random)
  const value = pick([...NAMES, '0', '3', '512', '1.5', '+3', 'BINARY'], random)
  switch (random(6)) {
    case 0:
      return gnuLong('L', name)
    case 1:
      return gnuLong('K', name)
    case 2:
      return paxHeader([[pick(['path', 'linkpath', 'mtime', 'size', 'comment', 'hdrcharset'], random), value]])
    case 3:
      return paxHeader([
        ['path', name],
        ['size', pick(['1', '3', '600'], random)],
      ])
    case 4:
      return paxHeader([[pick(['path', 'linkpath', 'comment'], random), name]], 'g')
    default:
      return header({ name: 'x', type: pick(['K', 'x', 'g'], random), magic: GNU_MAGIC })
  }
}

function randomTar(random: Random): Uint8Array {
  const entry = (): TarEntry => ({
    name: pick(NAMES, random),
    data: 'x'.repeat(pick([0, 1, 3, 512, 513], random)),
    type: random(3) > 0 ? '0' : pick(['1', '2', '5', '6', '7', '\0'], random),
    link: pick(['', 'a', '../a'], random),
    before: concat(...Array.from({ length: random(3) }, () => extension(random))),
    header: {
      ...rarely(random, 3, { magic: GNU_MAGIC }),
      ...rarely(random, 5, { prefix: pick(['p', 'p/', '/p', 'q'.repeat(155)], random) }),
      ...rarely(random, 6, { size: pick([0, 1, '3', '         3 \0', '0003\0garbage'], random) }),
    },
  })
  return gzip(writeTar(Array.from({ length: 1 + random(3) }, entry)))
}

function randomZip(random: Random): Uint8Array {
  const number = () => pick([0, 1, 8, 20, 45, 0x800, 0xffff, 0xffffffff], random)
  function extra(name: string, size: number): Uint8Array {
    const unicodePath = (crc: number) => extraField(0x7075, concat(pack('14', 1, crc), bytes('other')))
    const all = [extraField(1, pack('88', size, size)), unicodePath(crc32(name)), unicodePath(0), new Uint8Array(3)]
    return pick([...all, extraField(1, new Uint8Array(0)), extraField(0x5455, new Uint8Array(5))], random)
  }
  const fields = (name: string, size: number): ZipFields => ({
    ...rarely(random, 12, { method: pick([0, 8, 12, 99], random) }),
    ...rarely(random, 8, { flags: pick([0, 1, 2, 8, 0x40, 0x800, 0x2000], random) }),
    ...rarely(random, 20, { crc: 0 }),
    ...rarely(random, 20, { size: number() }),
    ...rarely(random, 20, { compressedSize: number() }),
    ...rarely(random, 8, { extra: extra(name, size) }),
    ...rarely(random, 12, { versionNeeded: pick([10, 45, 63, 64, 200], random) }),
    ...rarely(random, 25, { name: pick(NAMES, random) }),
  })
  function entry(): ZipEntry {
    const [name, data] = [pick(NAMES, random), 'xy'.repeat(pick([0, 1, 30, 300], random))]
    return {
      name,
      data,
      method: pick([0, 8], random),
      local: rarely(random, 3, fields(name, data.length)) ?? {},
      central: rarely(random, 3, fields(name, data.length)) ?? {},
      ...rarely(random, 30, { before: new Uint8Array(3) }),
      ...rarely(random, 15, { after: pack('4444', 0x08074b50, crc32(data), data.length, data.length) }),
      ...rarely(random, 40, { omit: pick(['local', 'central'], random) }),
    }
  }
  return writeZip(
    Array.from({ length: 1 + random(3) }, entry),
    rarely(random, 8, {
      prefix: bytes('#!x\n'),
      countPrefix: random(2) === 0,
      comment: pick(['', 'c', `PK\x05\x06${'\0'.repeat(18)}`], random),
      end: rarely(random, 2, { entries: random(4), diskEntries: random(4) }) ?? {},
    }) ?? {},
  )
}

const python = spawnSync('python3', ['--version']).status === 0
const script = fileURLToPath(new URL('../support/archives.py', import.meta.url))

/** Rows, or what Python says when it refuses the archive. */
function asPython(archives: readonly Uint8Array[]): readonly unknown[] {
  const input = archives.map(one => `${Buffer.from(one).toString('base64')}\n`).join('')
  const { stdout, stderr } = spawnSync('python3', [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 })
  expect(stderr).toBe('')
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as unknown)
}

const TYPES: Readonly<Record<string, string>> = { device: 'other', fifo: 'other', unknown: 'other' }

function rowOf({ path, type, actualSize, sha256, link = '' }: Member): Row {
  const isFile = type === 'file'
  return [path.replace(/\/+$/, ''), TYPES[type] ?? type, isFile ? actualSize : 0, isFile ? sha256 : '', link]
}

describe.skipIf(!python)('what our walk calls clean, CPython reads alike (needs python3)', () => {
  const kinds: readonly [string, typeof readTar, (random: Random) => Uint8Array][] = [
    ['tarfile', readTar, randomTar],
    ['zipfile', readZip, randomZip],
  ]
  it.each(kinds)('%s', async (_, readArchive, make) => {
    const random = generator(SEED)
    const clean: { readonly file: Uint8Array; readonly archive: Archive }[] = []
    for (let index = 0; index < CASES; index++) {
      const file = make(random)
      const archive = await readArchive(bytesSource(file), {
        limits: DEFAULT_LIMITS,
        interest: () => undefined,
        now: () => 0,
      })
      if (archive.problems.every(({ kind }) => STRICT_ONLY.has(kind))) clean.push({ file, archive })
    }
    expect(clean.length).toBeGreaterThan(CASES / 10)
    const ours = clean.map(({ archive }) => archive.members.map(rowOf))
    expect(asPython(clean.map(({ file }) => file))).toEqual(ours)
  })
})
