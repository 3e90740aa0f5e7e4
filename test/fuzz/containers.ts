import { gzipSync } from 'node:zlib'
import { type TarEntry, writeTar } from '../../fixtures/make/tar.js'
import { writeZip, type ZipEntry } from '../../fixtures/make/zip.js'
import { mutate, pick, type Random, WORDS } from './mutate.js'
import { mendChecksum, recordOf } from './packed.js'
import type { Content, SeedArchive } from './seeds.js'

// Random bytes die at checksums and digests. These cases change what is inside and make the rest right again.

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** One or two members changed, renamed, repeated or left out. */
function changed(seed: SeedArchive, others: readonly SeedArchive[], random: Random): readonly Content[] {
  const contents = [...seed.contents]
  for (let count = 1 + random(2); count > 0 && contents.length > 0; count--) {
    const at = random(contents.length)
    const one = contents[at] as Content
    switch (random(8)) {
      case 0:
        contents[at] = { ...one, name: decoder.decode(mutate([encoder.encode(one.name)], WORDS, random, 300)) }
        break
      case 1:
        contents.splice(at, 1)
        break
      case 2: {
        const other = pick(others, random)
        if (other.contents.length > 0) contents.push(pick(other.contents, random))
        break
      }
      default:
        contents[at] = { ...one, data: mutate([one.data], WORDS, random, 8192) }
    }
  }
  return contents
}

/** A zip whose content was changed and whose CRCs, and mostly RECORD, are right. */
export function mendedZip(seeds: readonly SeedArchive[], random: Random): { filename: string; bytes: Uint8Array } {
  const seed = pick(seeds, random)
  const contents = changed(seed, seeds, random)
  const record = contents.find(({ name }) => name.endsWith('.dist-info/RECORD'))
  const rows =
    record &&
    random(4) > 0 &&
    recordOf(
      record.name,
      contents.filter(one => one !== record),
    )
  const entries = contents.map(
    (one): ZipEntry => ({
      name: one.name,
      data: one === record && rows ? rows : one.data,
      method: random(4) === 0 ? 8 : 0,
      ...(random(40) === 0 && { central: { flags: random(65536) } }),
      ...(random(40) === 0 && { local: { extra: mutate([new Uint8Array(8)], WORDS, random, 64) } }),
      ...(random(40) === 0 && { mode: random(65536) }),
    }),
  )
  return { filename: seed.filename, bytes: writeZip(entries) }
}

/** A tar.gz whose content or headers were changed and whose checksums are right. */
export function mendedTar(seeds: readonly SeedArchive[], random: Random): { filename: string; bytes: Uint8Array } {
  const seed = pick(seeds, random)
  const entries = changed(seed, seeds, random).map(
    (one): TarEntry => ({
      name: one.name,
      data: one.data,
      ...(random(20) === 0 && {
        type: pick(['0', '1', '2', '3', '5', '6', 'x', 'g', 'L', 'K', 'S', '\0', 'V'], random),
      }),
      ...(random(20) === 0 && { link: pick(['..', '/etc', 'a', `../${one.name}`, one.name], random) }),
      ...(random(20) === 0 && { mode: random(4096) }),
      ...(random(20) === 0 && {
        pax: {
          [pick(['path', 'size', 'linkpath', 'mtime', 'GNU.sparse.major', 'x'], random)]: pick(
            ['0', '1', '-1', '9'.repeat(30), 'a/b', '../x', ''],
            random,
          ),
        },
      }),
    }),
  )
  const tar = writeTar(entries, { end: random(4) })
  if (random(2) === 0) mendedHeader(tar, random)
  return { filename: seed.filename, bytes: new Uint8Array(gzipSync(tar, { level: 1 })) }
}

/** Changes bytes of one header block and makes its checksum right. */
function mendedHeader(tar: Uint8Array, random: Random): void {
  const at = random(Math.floor(tar.length / 512)) * 512
  const block = tar.subarray(at, at + 512)
  if (block[257] !== 0x75) return
  for (let count = 1 + random(3); count > 0; count--)
    block[random(512)] = random(3) === 0 ? random(256) : 0x30 + random(10)
  mendChecksum(block)
}
