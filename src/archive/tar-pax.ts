import { decodeName } from './tar-header.js'

export interface PaxValue {
  readonly bytes: Uint8Array
  readonly text: string
  readonly utf8: boolean
}

/** What breaks the form of a record. */
export type PaxFault =
  | { readonly what: 'no-records' | 'nul' }
  | { readonly what: 'no-length' | 'length-not-a-number' }
  /** With zeros in front it may be small, for readers other than tarfile. */
  | { readonly what: 'length-of-many-digits'; readonly zeros: boolean }
  | { readonly what: 'length-past-the-end' | 'length-too-short'; readonly length: number }
  | { readonly what: 'no-line-feed' | 'no-equals-sign' | 'empty-key' }

/** What strict readers refuse of a record whose form is right. */
export type PaxValueFault = 'key' | 'key-not-utf8' | 'number' | 'time' | 'charset' | 'not-utf8' | 'empty'

export interface PaxRecords {
  /** The last value of each key, as every reader takes it. */
  readonly values: ReadonlyMap<string, PaxValue>
  /** Keys that stand there twice, and the earlier value. */
  readonly repeated: readonly (readonly [key: string, earlier: string])[]
  /** What breaks the form within the stated size. */
  readonly fault: PaxFault | undefined
  /** The form is broken for tarfile, which then reads nothing more; what came before is kept. */
  readonly ends: boolean
  /** Keys of records that tarfile reads beyond the stated size. */
  readonly beyond: readonly string[]
  /** A key that is not UTF-8. */
  readonly oddKey: string | undefined
}

const SPACE = 0x20
const EQUALS = 0x3d
const LINE_FEED = 0x0a
/** Digits of a length that tarfile reads. */
const LONGEST_LENGTH = 20
/** The shortest record is `5 x=\n`. */
const SHORTEST = 5

/**
 * pax records: each is `LENGTH KEY=VALUE\n`, the length in decimal digits and counting the whole record. `block` is the payload
 * with its padding, of which `size` bytes are the records: tarfile reads on up to a NUL or the end of the block.
 */
export function parsePax(block: Uint8Array, size: number): PaxRecords {
  const values = new Map<string, PaxValue>()
  const repeated: [string, string][] = []
  const beyond: string[] = []
  let fault: PaxFault | undefined = size === 0 ? { what: 'no-records' } : undefined
  let oddKey: string | undefined
  let at = 0
  while (at < block.length && block[at] !== 0) {
    const record = parseRecord(block, at)
    if ('what' in record) {
      if (at < size) fault ??= strictFault(block.subarray(0, size), at) ?? record
      return { values, repeated, fault, ends: true, beyond, oddKey }
    }
    const { key, utf8, value, end } = record
    if (!utf8) oddKey ??= key
    const earlier = values.get(key)
    if (earlier !== undefined && end <= size) repeated.push([key, earlier.text])
    if (end > size) {
      if (at < size) fault ??= { what: 'length-past-the-end', length: end - at }
      beyond.push(key)
    }
    values.set(key, { bytes: value, ...decodeName(value) })
    at = end
  }
  if (at < size) fault ??= { what: 'nul' }
  return { values, repeated, fault, ends: false, beyond, oddKey }
}

/** What is wrong within the stated size, where tarfile sees more. */
function strictFault(bytes: Uint8Array, at: number): PaxFault | undefined {
  const record = parseRecord(bytes, at)
  return 'what' in record ? record : undefined
}

interface Record {
  readonly key: string
  readonly utf8: boolean
  readonly value: Uint8Array
  readonly end: number
}

/** One record, or what is wrong with it. */
function parseRecord(bytes: Uint8Array, start: number): PaxFault | Record {
  let length = 0
  let at = start
  for (let byte = bytes[at]; byte !== SPACE; byte = bytes[++at]) {
    if (byte === undefined || byte < 0x30 || byte > 0x39) return { what: 'length-not-a-number' }
    if (at - start >= LONGEST_LENGTH) return { what: 'length-of-many-digits', zeros: bytes[start] === 0x30 }
    length = length * 10 + (byte - 0x30)
  }
  const end = start + length
  if (at === start) return { what: 'no-length' }
  if (end > bytes.length) return { what: 'length-past-the-end', length }
  // At least one character of a key, `=` and the line feed.
  if (length < SHORTEST || end < at + 4) return { what: 'length-too-short', length }
  if (bytes[end - 1] !== LINE_FEED) return { what: 'no-line-feed' }
  const equals = bytes.indexOf(EQUALS, at + 1)
  if (equals < 0 || equals >= end - 1) return { what: 'no-equals-sign' }
  if (equals === at + 1) return { what: 'empty-key' }
  const { text, utf8 } = decodeName(bytes.subarray(at + 1, equals))
  return { key: text, utf8, value: bytes.slice(equals + 1, end - 1), end }
}

/** Namespaces that readers know to be harmless. */
const KNOWN_VENDORS = /^(?:SCHILY|LIBARCHIVE|GNU\.sparse|realtime|security)\./

/** A vendor's own key that strict readers do not ignore. */
export function isForeignKey(key: string): boolean {
  return /^[^.]+\../s.test(key) && !KNOWN_VENDORS.test(key)
}

const NUMBERS = new Set(['uid', 'gid', 'size'])
const TIMES = new Set(['atime', 'ctime', 'mtime'])
const TEXTS = new Set(['path', 'linkpath', 'uname', 'gname', 'charset', 'comment'])
const CHARSETS = new Set(['', 'BINARY', 'ISO-IR 10646 2000 UTF-8'])
const LARGEST = 2n ** 64n

/** What strict readers refuse of a record: `binary` when names are declared to be bytes. */
export function valueFault(key: string, { text, utf8 }: PaxValue, binary: boolean): PaxValueFault | undefined {
  if (NUMBERS.has(key)) return text === '' || isDecimal(text) ? undefined : 'number'
  if (TIMES.has(key)) return text === '' || isTime(text) ? undefined : 'time'
  if (key === 'hdrcharset') return CHARSETS.has(text) ? undefined : 'charset'
  if (TEXTS.has(key) || /^(?:realtime|security)\../s.test(key))
    return utf8 || (binary && key !== 'comment' && key !== 'charset' && !key.includes('.')) ? undefined : 'not-utf8'
  return /^[^.]+\../s.test(key) ? undefined : 'key'
}

const isDecimal = (text: string): boolean =>
  /^[0-9]+$/.test(text) && (text.length < 20 || BigInt(text.slice(0, 1000)) < LARGEST)

function isTime(text: string): boolean {
  const [, seconds, fraction] = /^([0-9]+)(\.[0-9]*)?$/.exec(text) ?? []
  return seconds !== undefined && fraction !== '.' && isDecimal(seconds)
}

/** What Python's `float` makes of a time, ASCII alone; a text that is none counts as 0 for tarfile. */
export function pythonTime(text: string): number {
  const plain = text.trim().replace(/(?<=[0-9])_(?=[0-9])/g, '')
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(plain)
  if (special) return special[2]?.toLowerCase() === 'nan' ? Number.NaN : special[1] === '-' ? -Infinity : Infinity
  return /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(plain) ? Number(plain) : 0
}

/** What Python's `int` makes of a size; a text that is none counts as 0 for tarfile. */
export function pythonSize(text: string): number {
  const plain = text.trim().replace(/(?<=[0-9])_(?=[0-9])/g, '')
  return /^[+-]?[0-9]+$/.test(plain) ? Number(plain) : 0
}
