import type { NumberField } from './tar-problem.js'

/** Bytes of a header, and what content is padded to. */
export const BLOCK = 512

type NumberForm = 'octal' | 'blank' | 'binary' | 'invalid'

export interface TarNumber {
  /** Undefined when the field is invalid. May be over 2^53 and then inexact; may be negative (binary only). */
  readonly value: number | undefined
  /** `blank` is octal with blanks in front. An empty field is 0. */
  readonly form: NumberForm
  /** The field, for messages; undefined when it is plain. */
  readonly text: string | undefined
}

export interface TarHeader {
  /** Prefix and name as stored, joined. */
  readonly name: Uint8Array
  /** The name field alone. */
  readonly shortName: Uint8Array
  /** The prefix stands in a header with GNU's magic, where GNU tar does not read one. */
  readonly prefixInGnu: boolean
  readonly link: Uint8Array
  /** The type flag, one character. */
  readonly type: string
  readonly format: 'ustar' | 'gnu' | 'v7'
  readonly size: TarNumber
  readonly mode: TarNumber
  readonly mtime: TarNumber
  /** All numbers but the size, by name. */
  readonly numbers: readonly (readonly [NumberField, TarNumber])[]
  readonly owner: string
  readonly group: string
  /** GNU sparse: more map blocks follow. */
  readonly extended: boolean
  /** The checksum holds only for signed bytes. */
  readonly signed: boolean
}

const NUL = 0
const SPACE = 0x20
const ZERO = 0x30
const USTAR = [0x75, 0x73, 0x74, 0x61, 0x72]
const PREFIX = 345

export function isZeroBlock(block: Uint8Array): boolean {
  for (let i = 0; i < block.length; i++) if (block[i] !== 0) return false
  return true
}

/** Does the stored checksum hold, over unsigned bytes or over signed ones? */
function checksum(block: Uint8Array): 'unsigned' | 'signed' | 'wrong' {
  const stored = parseNumber(block, 148, 8).value
  if (stored === undefined) return 'wrong'
  // The field itself counts as blanks.
  let unsigned = 8 * SPACE
  let high = 0
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 0 : block[i]!
    unsigned += byte
    high += byte >> 7
  }
  if (stored === unsigned) return 'unsigned'
  return stored === unsigned - high * 256 ? 'signed' : 'wrong'
}

/** A field up to its first NUL. */
function field(block: Uint8Array, offset: number, width: number): Uint8Array {
  const end = block.indexOf(NUL, offset)
  return block.subarray(offset, end < 0 || end > offset + width ? offset + width : end)
}

const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** Octal digits that a NUL or blank ends, or GNU's binary numbers: first byte 0x80 (positive) or 0xff (negative). */
function parseNumber(block: Uint8Array, offset: number, width: number): TarNumber {
  const first = block[offset] ?? 0
  if (first & 0x80) return parseBinary(block.subarray(offset, offset + width))
  // Nearly every field is plain, so the plain form has a quick way.
  let value = 0
  let at = offset
  for (; at < offset + width; at++) {
    const digit = (block[at] ?? 0) - ZERO
    if (digit < 0 || digit > 7) break
    value = value * 8 + digit
  }
  if (at === offset + width || block[at] === NUL || onlyBlanks(block, at, offset + width))
    return { value, form: 'octal', text: undefined }
  const text = ascii(field(block, offset, width))
  const digits = text.trim()
  if (!/^[0-7]*$/.test(digits)) return { value: undefined, form: 'invalid', text }
  return { value: digits === '' ? 0 : Number.parseInt(digits, 8), form: 'blank', text }
}

/** Blanks up to a NUL or the end of the field. */
function onlyBlanks(block: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to && block[at] !== NUL; at++) if (block[at] !== SPACE) return false
  return true
}

function parseBinary(bytes: Uint8Array): TarNumber {
  const negative = (bytes[0] ?? 0) === 0xff
  let value = negative ? -1n : BigInt((bytes[0] ?? 0) & 0x7f)
  for (const byte of bytes.subarray(1)) value = value * 256n + BigInt(byte)
  return { value: Number(value), form: 'binary', text: `${value}` }
}

function formatOf(block: Uint8Array): TarHeader['format'] {
  if (!USTAR.every((byte, i) => block[257 + i] === byte)) return 'v7'
  return block[262] === SPACE ? 'gnu' : 'ustar'
}

/** Types whose headers keep other things than a prefix at its place. */
const GNU_TYPES = 'LKS'
const EMPTY = new Uint8Array(0)

/** Reads a header block; undefined when its checksum is wrong. */
export function parseHeader(block: Uint8Array): TarHeader | undefined {
  const sum = checksum(block)
  if (sum === 'wrong') return undefined
  const type = String.fromCharCode(block[156] ?? 0)
  const format = formatOf(block)
  const prefix = GNU_TYPES.includes(type) ? EMPTY : field(block, PREFIX, 155)
  const number = (offset: number, width: number) => parseNumber(block, offset, width)
  const shortName = field(block, 0, 100).slice()
  const mode = number(100, 8)
  const mtime = number(136, 12)
  return {
    name: joined(prefix, shortName),
    shortName,
    prefixInGnu: format === 'gnu' && prefix.length > 0,
    link: field(block, 157, 100).slice(),
    type,
    format,
    size: number(124, 12),
    mode,
    mtime,
    numbers: [
      ['mode', mode],
      ['mtime', mtime],
      ['uid', number(108, 8)],
      ['gid', number(116, 8)],
      ['devmajor', number(329, 8)],
      ['devminor', number(337, 8)],
    ],
    owner: format === 'v7' ? '' : text(field(block, 265, 32)),
    group: format === 'v7' ? '' : text(field(block, 297, 32)),
    extended: type === 'S' && block[482] !== 0,
    signed: sum === 'signed',
  }
}

function joined(prefix: Uint8Array, name: Uint8Array): Uint8Array {
  if (prefix.length === 0) return name
  const path = new Uint8Array(prefix.length + 1 + name.length)
  path.set(prefix)
  path[prefix.length] = 0x2f
  path.set(name, prefix.length + 1)
  return path
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes of a name as text: UTF-8, else `utf8` false and each byte as the character of its code. */
export function decodeName(bytes: Uint8Array): { readonly text: string; readonly utf8: boolean } {
  try {
    return { text: STRICT.decode(bytes), utf8: true }
  } catch {
    let latin1 = ''
    for (const byte of bytes) latin1 += String.fromCharCode(byte)
    return { text: latin1, utf8: false }
  }
}

const text = (bytes: Uint8Array) => (bytes.length === 0 ? '' : decodeName(bytes).text)
