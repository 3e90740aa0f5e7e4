/**
 * Containers in a form that a guided fuzzer can change without breaking checksums: the file name and a newline, then
 * either a container, or members to pack. Each member is MARK, name, newline, fields as `key=value` with spaces between,
 * newline, content. A RECORD without content is filled in. A tar is given without gzip, and its checksums are put right.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type TarEntry, writeTar } from '../../fixtures/make/tar.js'
import { concat, writeZip, type ZipEntry } from '../../fixtures/make/zip.js'
import type { Content, SeedArchive } from './seeds.js'
import type { Case } from './targets.js'

interface PackedMember {
  readonly name: Uint8Array
  readonly fields: ReadonlyMap<string, string>
  readonly data: Uint8Array
}

const MARK = new Uint8Array([0xfe, 0xff])
const NEWLINE = 10
const BLOCK = 512

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** The two inputs that a seed gives: its container, and its members. */
export function startsOf({ filename, bytes, contents }: SeedArchive, tar?: Uint8Array): readonly Uint8Array[] {
  const first = encoder.encode(`${filename}\n`)
  const members = contents.map(({ name, data }) =>
    concat(MARK, encoder.encode(`${name}\n\n`), name.endsWith('.dist-info/RECORD') ? new Uint8Array(0) : data),
  )
  return [concat(first, tar ?? bytes), concat(first, ...members)]
}

/** Words of this form, for the dictionary. */
export const PACKED_WORDS: readonly Uint8Array[] = [
  MARK,
  ...'.whl\n|.tar.gz\n|.zip\n|type=|link=|mode=|size=|magic=|prefix=|pax.|pax.path=|pax.size=|pax.linkpath=|flags=|method=|local=|extra=|comment='
    .split('|')
    .map(word => encoder.encode(word)),
]

/** The case that the bytes stand for. */
export function fromPacked(input: Uint8Array): Case {
  const [line, rest] = cutAt(input, NEWLINE)
  const filename = decoder.decode(line)
  const isTar = filename.endsWith('.tar.gz')
  if (startsWith(rest, MARK)) {
    const members = withRecord(membersOf(rest))
    return { filename, bytes: isTar ? gzip(writeTar(members.map(tarEntry))) : writeZip(members.map(zipEntry)) }
  }
  const whole = !isTar || startsWith(rest, new Uint8Array([0x1f, 0x8b]))
  return { filename, bytes: whole ? rest : gzip(withChecksums(rest)) }
}

const gzip = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes, { level: 1 }))

const startsWith = (bytes: Uint8Array, start: Uint8Array) => start.every((byte, index) => bytes[index] === byte)

function cutAt(bytes: Uint8Array, byte: number): readonly [Uint8Array, Uint8Array] {
  const at = bytes.indexOf(byte)
  return at < 0 ? [bytes, new Uint8Array(0)] : [bytes.subarray(0, at), bytes.subarray(at + 1)]
}

function membersOf(bytes: Uint8Array): readonly PackedMember[] {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const members: PackedMember[] = []
  for (let at = 0; at >= 0; ) {
    const next = all.indexOf(MARK, at + MARK.length)
    const [name, rest] = cutAt(all.subarray(at + MARK.length, next < 0 ? undefined : next), NEWLINE)
    const [fields, data] = cutAt(rest, NEWLINE)
    const pairs = decoder.decode(fields).split(' ')
    members.push({ name, data, fields: new Map(pairs.map(pair => splitPair(pair))) })
    at = next
  }
  return members
}

function splitPair(pair: string): readonly [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
}

/** Fills an empty RECORD with the row of each member. */
function withRecord(members: readonly PackedMember[]): readonly PackedMember[] {
  return members.map(one => {
    const name = decoder.decode(one.name)
    if (one.data.length > 0 || !name.endsWith('.dist-info/RECORD')) return one
    const rest = members.filter(other => other !== one)
    return {
      ...one,
      data: encoder.encode(
        recordOf(
          name,
          rest.map(other => ({ ...other, name: decoder.decode(other.name) })),
        ),
      ),
    }
  })
}

/** RECORD as it is right: `own` is its own name. */
export function recordOf(own: string, contents: readonly Content[]): string {
  const rows = contents.map(({ name, data }) => {
    const path = /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
    return `${path},sha256=${createHash('sha256').update(data).digest('base64url')},${data.length}\n`
  })
  return `${rows.join('')}${own},,\n`
}

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text) & 0xffff)

function zipEntry({ name, fields, data }: PackedMember): ZipEntry {
  const [flags, method, mode] = ['flags', 'method', 'mode'].map(key => numberOf(fields.get(key)))
  const [local, extra, comment] = ['local', 'extra', 'comment'].map(key => fields.get(key))
  return {
    name,
    data,
    method: method ?? 0,
    ...(flags !== undefined && { flags }),
    ...(mode !== undefined && { mode }),
    ...(local !== undefined && { local: { name: local } }),
    ...(extra !== undefined && { extra: encoder.encode(extra) }),
    ...(comment !== undefined && { comment }),
  }
}

function tarEntry({ name, fields, data }: PackedMember): TarEntry {
  const mode = numberOf(fields.get('mode'))
  const [type, link] = [fields.get('type'), fields.get('link')]
  const header = ['size', 'magic', 'prefix', 'mtime', 'uname', 'name'].flatMap(key => {
    const value = fields.get(key)
    return value === undefined ? [] : [[key, value] as const]
  })
  const pax = [...fields]
    .filter(([key]) => key.startsWith('pax.'))
    .map(([key, value]) => [key.slice(4), value] as const)
  return {
    name,
    data,
    ...(type !== undefined && { type }),
    ...(link !== undefined && { link }),
    ...(mode !== undefined && { mode }),
    ...(pax.length > 0 && { pax }),
    header: Object.fromEntries(header),
  }
}

/** A copy in which every block that looks like a header has the right checksum. */
function withChecksums(bytes: Uint8Array): Uint8Array {
  const tar = bytes.slice()
  for (let at = 0; at + BLOCK <= tar.length; at += BLOCK) mendChecksum(tar.subarray(at, at + BLOCK))
  return tar
}

/** Makes the checksum of a header block right; leaves what is not a header. */
export function mendChecksum(block: Uint8Array): void {
  if (block[257] !== 0x75) return
  block.fill(0x20, 148, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.set(encoder.encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
}
