import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { extract } from 'tar-stream'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import type { Archive } from '../../src/archive/archive.js'
import { frames } from '../../src/archive/tar-frames.js'
import { BLOCK, parseHeader } from '../../src/archive/tar-header.js'

/** What a second reader says of a member. */
interface Row {
  readonly path: string
  readonly size: number
  readonly sha256: string
}

/** Throws when an archive that our walk calls clean is another one to yauzl. */
export async function agreesWithYauzl(bytes: Uint8Array, archive: Archive): Promise<void> {
  if (archive.problems.length > 0) return
  compare(archive, await withYauzl(bytes))
}

/** The same for tar-stream. */
export async function agreesWithTarStream(bytes: Uint8Array, archive: Archive): Promise<void> {
  // A member without a name has its finding (path-empty); after an empty long name tar-stream takes the short one.
  if (archive.problems.length > 0 || archive.members.some(({ path }) => path === '')) return
  const rows = await withTarStream(withoutEmptyExtensions(gunzipSync(bytes), archive))
  if (rows) compare(archive, rows)
}

/**
 * The tar without the extension headers that have no content, which say nothing: after one, tar-stream takes what follows
 * the next member's content for a second part of the header. Python and GNU tar go on with the next header.
 */
function withoutEmptyExtensions(tar: Uint8Array, { members }: Archive): Uint8Array {
  const sizes = new Map(members.map(({ offset, size }) => [offset, size]))
  const empty = new Set<number>()
  const walk = frames((block, offset) => {
    const header = parseHeader(block)
    const member = sizes.get(offset)
    if (!header || member !== undefined) return { size: member ?? 0 }
    const size = header.size.value ?? 0
    if (size === 0) empty.add(offset)
    return { size }
  })
  walk.write(tar)
  const kept: Uint8Array[] = []
  let from = 0
  for (const offset of empty) {
    kept.push(tar.subarray(from, offset))
    from = offset + BLOCK
  }
  return Buffer.concat([...kept, tar.subarray(from)])
}

function compare(archive: Archive, rows: readonly Row[]): void {
  const ours = archive.members.map(
    ({ path, type, actualSize, sha256 }) =>
      `${path} ${type === 'file' ? actualSize : 0} ${type === 'file' ? sha256 : ''}`,
  )
  const files = new Set(archive.members.filter(({ type }) => type === 'file').map(({ path }) => path))
  const theirs = rows.map(({ path, size, sha256 }) => (files.has(path) ? `${path} ${size} ${sha256}` : `${path} 0 `))
  const [a, b] = [ours.sort().join('\n'), theirs.sort().join('\n')]
  if (a !== b) throw new Error(`the readers differ:\nours\n${a}\ntheirs\n${b}`)
}

async function withYauzl(file: Uint8Array): Promise<readonly Row[]> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(Buffer.from(file), { lazyEntries: true, decodeStrings: false }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    ),
  )
  const rows: Row[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      const path = Buffer.from(entry.fileName as unknown as Uint8Array).toString('utf8')
      contentOf(zip, entry)
        .then(sha256 => {
          rows.push({ path, size: entry.uncompressedSize, sha256 })
          zip.readEntry()
        })
        .catch(reject)
    })
    zip.on('end', () => resolve())
    zip.on('error', reject)
    zip.readEntry()
  })
  return rows
}

const contentOf = (zip: ZipFile, entry: Entry) =>
  new Promise<string>((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error)
      const hash = createHash('sha256')
      stream.on('data', chunk => hash.update(chunk))
      stream.on('end', () => resolve(hash.digest('base64url')))
      stream.on('error', reject)
    }),
  )

function withTarStream(bytes: Uint8Array): Promise<readonly Row[] | undefined> {
  const rows: Row[] = []
  return new Promise((resolve, reject) => {
    const tar = extract()
    tar.on('entry', (header, stream, next) => {
      const hash = createHash('sha256')
      stream.on('data', chunk => hash.update(chunk as Uint8Array))
      stream.on('end', () => {
        rows.push({ path: header.name, size: header.size ?? 0, sha256: hash.digest('base64url') })
        next()
      })
      stream.on('error', reject)
    })
    tar.on('finish', () => resolve(rows))
    // It refuses what is neither ustar nor GNU; the rule tar-not-pax tells of those.
    tar.on('error', error => (/unknown format/.test(error.message) ? resolve(undefined) : reject(error)))
    // Less than a block after the end is nothing that any reader could take for a member; tar-stream alone refuses it.
    tar.end(bytes.subarray(0, bytes.length - (bytes.length % 512)))
  })
}
