import { decodeLatin1 } from '../text/utf8.js'
import type { HeaderFault, NumberField } from './tar-problem.js'

/** Bytes of a header, and what content is padded to. */
export const BLOCK = 512

/** `plain` as writers write it; `odd` what Python reads and strict readers do not. */
type NumberForm = 'plain' | 'odd' | 'binary' | 'invalid'

export interface TarNumber {
  /** As Python reads it; undefined when it is not a number for Python. May be over 2^53 and then inexact; may be negative. */
  readonly value: number | undefined
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
  /** All numbers, by name, in the order in which Python reads them. */
  readonly numbers: readonly (readonly [NumberField, TarNumber])[]
  readonly owner: string
  readonly group: string
  /** GNU sparse: more map blocks follow. */
  readonly extended: boolean
  /** The checksum is right only for signed bytes. */
  readonly signed: boolean
  /** What strict readers refuse in its texts. */
  readonly faults: readonly HeaderFault[]
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

/** Does the stored checksum hold, over unsigned bytes or over signed ones? `odd`: only as Python reads the number. */
function checksum(block: Uint8Array): 'unsigned' | 'odd' | 'signed' | 'wrong' {
  const { value, form } = parseNumber(block, 148, 8)
  if (value === undefined) return 'wrong'
  // The field itself counts as spaces.
  let unsigned = 8 * SPACE
  let high = 0
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 0 : block[i]!
    unsigned += byte
    high += byte >> 7
  }
  if (value === unsigned) return form === 'plain' ? 'unsigned' : 'odd'
  return value === unsigned - high * 256 ? 'signed' : 'wrong'
}

/** A field up to its first NUL. */
function field(block: Uint8Array, offset: number, width: number): Uint8Array {
  const end = block.indexOf(NUL, offset)
  return block.subarray(offset, end < 0 || end > offset + width ? offset + width : end)
}

const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** Octal digits that NULs or spaces end, or GNU's binary numbers: first byte 0x80 (positive) or 0xff (negative). */
function parseNumber(block: Uint8Array, offset: number, width: number): TarNumber {
  const first = block[offset] ?? 0
  const bytes = () => block.subarray(offset, offset + width)
  if (first === 0x80 || first === 0xff) return parseBinary(bytes())
  // Nearly every field is plain, so the plain form has a quick way.
  let value = 0
  let at = offset
  for (; at < offset + width; at++) {
    const digit = (block[at] ?? 0) - ZERO
    if (digit < 0 || digit > 7) break
    value = value * 8 + digit
  }
  if (at > offset && at < offset + width && onlyEnds(block, at, offset + width))
    return { value, form: 'plain', text: undefined }
  const text = ascii(bytes()).replace(/\0+$/, '')
  const read = pythonOctal(ascii(field(block, offset, width)))
  return { value: read, form: read === undefined ? 'invalid' : 'odd', text }
}

/** What uv reads of a binary number. */
const LARGEST_BINARY = 2n ** 64n

/** A number that Python reads and strict readers do not; an empty field is a number for all, but for the size. */
export function isOddNumber({ form, text = '' }: TarNumber, field: NumberField, format: TarHeader['format']): boolean {
  if (form === 'odd') return text !== '' || field === 'size'
  return form === 'binary' && (format !== 'gnu' || text.startsWith('-') || BigInt(text) >= LARGEST_BINARY)
}

/** NULs and spaces to the end of the field. */
function onlyEnds(block: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (block[at] !== SPACE && block[at] !== NUL) return false
  return true
}

/** What Python's `int(text, 8)` makes of a field: spaces around it, a sign, `0o` and single underscores are fine. */
function pythonOctal(text: string): number | undefined {
  const trimmed = text.replace(/^[\t-\r\x1c-\x20]+|[\t-\r\x1c-\x20]+$/g, '')
  if (trimmed === '') return 0
  const [, sign, digits] = /^([+-]?)(?:0[oO]_?)?([0-7]+(?:_[0-7]+)*)$/.exec(trimmed) ?? []
  if (digits === undefined) return undefined
  const value = Number.parseInt(digits.replaceAll('_', ''), 8)
  return sign === '-' ? -value : value
}

function parseBinary(bytes: Uint8Array): TarNumber {
  let value = bytes[0] === 0xff ? -1n : 0n
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
  const uid = number(108, 8)
  const gid = number(116, 8)
  const size = number(124, 12)
  const mtime = number(136, 12)
  const numbers: (readonly [NumberField, TarNumber])[] = [
    ['mode', mode],
    ['uid', uid],
    ['gid', gid],
    ['size', size],
    ['mtime', mtime],
    ['devmajor', number(329, 8)],
    ['devminor', number(337, 8)],
  ]
  if (type === 'S') for (const at of SPARSE_MAP) numbers.push(['sparse map', number(at, 12)])
  return {
    name: joined(prefix, shortName),
    shortName,
    prefixInGnu: format === 'gnu' && prefix.length > 0,
    link: field(block, 157, 100).slice(),
    type,
    format,
    size,
    mode,
    mtime,
    numbers,
    owner: format === 'v7' ? '' : text(field(block, 265, 32)),
    group: format === 'v7' ? '' : text(field(block, 297, 32)),
    extended: type === 'S' && block[482] !== 0,
    signed: sum === 'signed',
    faults: faultsOf(block, type, sum),
  }
}

/** Where a sparse header has its numbers. */
const SPARSE_MAP = [386, 398, 410, 422, 434, 446, 458, 470, 483]
const VERSIONS = ['ustar\x0000', 'ustar  \0']
const NO_FAULTS: readonly HeaderFault[] = []

function faultsOf(block: Uint8Array, type: string, sum: string): readonly HeaderFault[] {
  let faults = NO_FAULTS
  const add = (fault: HeaderFault) => {
    faults = [...faults, fault]
  }
  const identity = ascii(block.subarray(257, 265))
  if (!VERSIONS.includes(identity) && identity.startsWith('ustar')) add({ what: 'version', text: identity.slice(5) })
  if (sum === 'odd') add({ what: 'checksum', text: ascii(field(block, 148, 8)) })
  if (isExtensionType(type)) return faults
  if (block[157] !== NUL && type !== '1' && type !== '2')
    add({ what: 'link target', text: decodeName(field(block, 157, 100)).text })
  if (VERSIONS.includes(identity) && ascii(block.subarray(508, 512)) === 'tar\0') add({ what: 'xstar' })
  return faults
}

/** Types of headers that tell of the next member. */
export const isExtensionType = (type: string): boolean => type !== '' && 'xgXLK'.includes(type)

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
    return { text: decodeLatin1(bytes), utf8: false }
  }
}

const text = (bytes: Uint8Array) => (bytes.length === 0 ? '' : decodeName(bytes).text)
