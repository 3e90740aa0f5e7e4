import { crc32, inflateRaw } from '../runtime.js'
import type { ByteSource } from '../source/source.js'
import { decodeLatin1 } from '../text/utf8.js'
import type { AtByte } from './problem-place.js'

/** What breaks the format of a header. Behind the first two of these nothing can be read. */
export type GzipHeaderFault =
  | { readonly what: 'method'; readonly method: number }
  | { readonly what: 'endless-name' }
  | { readonly what: 'reserved-flags'; readonly flags: number }
  | { readonly what: 'header-crc' }

/** What a gzip stream (RFC 1952) can have wrong. `offset` is the place in the file. */
export interface GzipProblems {
  'gzip-header': AtByte & { readonly fault: GzipHeaderFault }
  /** The deflate data is not deflate data. */
  'gzip-deflate': AtByte
  /** The file ends inside a header, the deflate data or the trailer. */
  'gzip-truncated': AtByte & { readonly inside: 'header' | 'data' | 'trailer' }
  /** The CRC-32 in a trailer is not that of the data. */
  'gzip-crc': AtByte & { readonly stated: number; readonly actual: number }
  /** The length in a trailer is not that of the data. */
  'gzip-length': AtByte & { readonly stated: number; readonly actual: number }
  /** A later gzip member, of this number, contains data: legal, but readers that take one member do not see it. */
  'gzip-members': AtByte & { readonly number: number }
  /** Bytes after the last member that are no gzip member. */
  'gzip-trailing': AtByte & { readonly bytes: number }
  /** The same, all zero, as tapes padded them. */
  'gzip-trailing-zeros': AtByte & { readonly bytes: number }
}

type GzipProblem = { [K in keyof GzipProblems]: { readonly kind: K } & GzipProblems[K] }[keyof GzipProblems]

type Note = (problem: GzipProblem) => void

/** What the gzip headers say, and how many there are. */
export interface GzipFacts {
  /** Original file name of the first member, Latin-1, when it has one. */
  readonly fname: string | undefined
  /** Where that name begins in the file. */
  readonly fnameAt: number | undefined
  /** Seconds since 1970; 0 when not given. */
  readonly mtime: number
  /** Gzip members in the file, empty ones too. */
  readonly members: number
  /** Bytes that came out of all of them. */
  readonly inflatedSize: number
}

export interface GzipRead {
  readonly facts: GzipFacts
  /** Everything that the file contains came out: no cut, no broken data, and `output` did not stop it. */
  readonly complete: boolean
}

const FHCRC = 2
const FEXTRA = 4
const FNAME = 8
const FCOMMENT = 16
const RESERVED = 0xe0

/** Bytes of one gzip header that are looked at: the longest extra field, a name and a comment. */
const HEADER_SIZE = 128 * 1024
const READ_SIZE = 256 * 1024

interface Header {
  readonly length: number
  readonly mtime: number
  readonly fname: string | undefined
  readonly fnameAt: number | undefined
  /** What is wrong with it, though its end was found. */
  readonly fault: GzipHeaderFault | undefined
}

/** Parses the header at the start of `bytes`; `cut` when they end before it does, the problem alone when it cannot be read. */
function parseHeader(bytes: Uint8Array): Header | 'cut' | { readonly unreadable: GzipHeaderFault } {
  if (bytes.length < 10) return 'cut'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const method = view.getUint8(2)
  if (method !== 8) return { unreadable: { what: 'method', method } }
  const flags = view.getUint8(3)
  let at = 10
  if (flags & FEXTRA) {
    if (bytes.length < at + 2) return 'cut'
    at += 2 + view.getUint16(at, true)
  }
  let fname: string | undefined
  let fnameAt: number | undefined
  for (const flag of [FNAME, FCOMMENT]) {
    if (!(flags & flag)) continue
    const end = bytes.indexOf(0, at)
    if (end < 0) return bytes.length < HEADER_SIZE ? 'cut' : { unreadable: { what: 'endless-name' } }
    if (flag === FNAME) {
      fname = decodeLatin1(bytes.subarray(at, end))
      fnameAt = at
    }
    at = end + 1
  }
  let fault: GzipHeaderFault | undefined
  if (flags & RESERVED) fault = { what: 'reserved-flags', flags: flags & RESERVED }
  if (flags & FHCRC) {
    if (bytes.length < at + 2) return 'cut'
    if ((crc32(bytes.subarray(0, at)) & 0xffff) !== view.getUint16(at, true)) fault ??= { what: 'header-crc' }
    at += 2
  }
  if (at > bytes.length) return 'cut'
  return { length: at, mtime: view.getUint32(4, true), fname, fnameAt, fault }
}

const isZero = (bytes: Uint8Array) => bytes.every(byte => byte === 0)

/** Are the source's bytes from `at` to its end all zero? Undefined when there was no time to see. */
async function zerosFrom(source: ByteSource, at: number, late: () => boolean): Promise<boolean | undefined> {
  for (let from = at; from < source.size; from += READ_SIZE) {
    if (late()) return undefined
    if (!isZero(await source.read(from, READ_SIZE))) return false
  }
  return true
}

/**
 * Reads every member of a gzip file and pushes what comes out, also what came before an error. Chunks are only valid during
 * the call; `output` false ends the reading, and `late` true, which is asked where nothing comes out. Rejects only when the
 * source does.
 */
export async function readGzip(
  source: ByteSource,
  output: (chunk: Uint8Array) => boolean,
  note: Note,
  late: () => boolean,
): Promise<GzipRead> {
  let at = 0
  let members = 0
  let inflatedSize = 0
  let first: Header | undefined
  let laterData = false
  const done = (complete: boolean): GzipRead => ({
    facts: { fname: first?.fname, fnameAt: first?.fnameAt, mtime: first?.mtime ?? 0, members, inflatedSize },
    complete,
  })
  for (;;) {
    if (members > 0 && late()) return done(false)
    const start = at
    const header = parseHeader(await source.read(at, HEADER_SIZE))
    if (header === 'cut') {
      note({ kind: 'gzip-truncated', offset: source.size, inside: 'header' })
      return done(false)
    }
    if ('unreadable' in header) {
      note({ kind: 'gzip-header', offset: start, fault: header.unreadable })
      return done(false)
    }
    if (header.fault !== undefined) note({ kind: 'gzip-header', offset: start, fault: header.fault })
    first ??= header
    members++
    at += header.length
    const number = members
    const body = await readMember(source, at, chunk => {
      if (number > 1 && chunk.length > 0 && !laterData) {
        laterData = true
        note({ kind: 'gzip-members', offset: start, number })
      }
      return output(chunk)
    })
    inflatedSize += body.size
    if (body.status === 'stopped') return done(false)
    at += body.consumed
    if (body.status === 'broken') note({ kind: 'gzip-deflate', offset: at })
    if (body.status === 'cut') note({ kind: 'gzip-truncated', offset: source.size, inside: 'data' })
    if (body.status !== 'end') return done(false)

    const trailer = await source.read(at, 8)
    if (trailer.length < 8) {
      note({ kind: 'gzip-truncated', offset: source.size, inside: 'trailer' })
      return done(true)
    }
    const view = new DataView(trailer.buffer, trailer.byteOffset, 8)
    compare('gzip-crc', at, view.getUint32(0, true), body.crc, note)
    compare('gzip-length', at + 4, view.getUint32(4, true), body.size % 2 ** 32, note)
    at += 8
    if (at >= source.size) return done(true)
    const next = await source.read(at, 2)
    if (next[0] === 0x1f && next[1] === 0x8b) continue
    const zeros = await zerosFrom(source, at, late)
    if (zeros === undefined) return done(true)
    note({ kind: zeros ? 'gzip-trailing-zeros' : 'gzip-trailing', offset: at, bytes: source.size - at })
    return done(true)
  }
}

function compare(kind: 'gzip-crc' | 'gzip-length', offset: number, stated: number, actual: number, note: Note): void {
  if (stated !== actual) note({ kind, offset, stated, actual })
}

async function readMember(source: ByteSource, start: number, output: (chunk: Uint8Array) => boolean) {
  let crc = 0
  let size = 0
  const take = (chunk: Uint8Array): boolean => {
    crc = crc32(chunk, crc)
    size += chunk.length
    return output(chunk)
  }
  let { status, consumed } = await inflateRaw(reader(source, start, source.size), take)
  if (status === 'broken') {
    // zlib drops what one call brought before it met the problem: once more, in small bites where the problem must be.
    let known = size
    const rest = (chunk: Uint8Array): boolean => {
      const skipped = Math.min(known, chunk.length)
      known -= skipped
      return skipped === chunk.length || take(chunk.subarray(skipped))
    }
    const again = await inflateRaw(reader(source, start, start + consumed), rest)
    status = again.status === 'stopped' ? 'stopped' : 'broken'
    consumed = again.consumed
  }
  return { status, consumed, crc, size }
}

const BITE = 32

/** Pulls large pieces up to `careful`, and small ones from there on. */
function reader(source: ByteSource, start: number, careful: number): () => Promise<Uint8Array | undefined> {
  let at = start
  let block: Uint8Array = new Uint8Array(0)
  // zlib has taken a block when the next one is pulled.
  const room = new Uint8Array(Math.min(READ_SIZE, source.size))
  return async () => {
    if (block.length === 0) {
      block = await source.read(at, at < careful ? Math.min(READ_SIZE, careful - at) : READ_SIZE, room)
      if (block.length === 0) return undefined
    }
    const piece = at < careful ? block : block.subarray(0, BITE)
    block = block.subarray(piece.length)
    at += piece.length
    return piece
  }
}
