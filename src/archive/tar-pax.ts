import { decodeName } from './tar-header.js'

export interface PaxValue {
  readonly bytes: Uint8Array
  readonly text: string
  readonly utf8: boolean
}

/** What breaks the form of a record. */
export type PaxFault =
  | { readonly what: 'no-length' | 'length-not-a-number' | 'length-of-many-digits' }
  | { readonly what: 'length-past-the-end' | 'length-too-short'; readonly length: number }
  | { readonly what: 'no-line-feed' | 'no-equals-sign' | 'empty-key' }

export interface PaxRecords {
  /** The last value of each key, as every reader takes it. */
  readonly values: ReadonlyMap<string, PaxValue>
  /** Keys that stand there twice with two values, and the earlier value. */
  readonly repeated: readonly (readonly [key: string, earlier: string])[]
  /** What breaks the form; what came before it is kept. */
  readonly fault: PaxFault | undefined
}

const SPACE = 0x20
const EQUALS = 0x3d
const LINE_FEED = 0x0a
const LONGEST_LENGTH = 10

/** pax records: each is `LENGTH KEY=VALUE\n`, the length in decimal digits and counting the whole record. */
export function parsePax(bytes: Uint8Array): PaxRecords {
  const values = new Map<string, PaxValue>()
  const repeated: [string, string][] = []
  let at = 0
  // Some writers pad with NULs inside the stated size.
  while (at < bytes.length && bytes[at] !== 0) {
    const record = parseRecord(bytes, at)
    if ('what' in record) return { values, repeated, fault: record }
    const { key, value, end } = record
    const earlier = values.get(key)
    if (earlier !== undefined && !equal(earlier.bytes, value)) repeated.push([key, earlier.text])
    values.set(key, { bytes: value, ...decodeName(value) })
    at = end
  }
  return { values, repeated, fault: undefined }
}

/** One record, or what is wrong with it. */
function parseRecord(bytes: Uint8Array, start: number): { key: string; value: Uint8Array; end: number } | PaxFault {
  let length = 0
  let at = start
  for (let byte = bytes[at]; byte !== SPACE; byte = bytes[++at]) {
    if (byte === undefined || byte < 0x30 || byte > 0x39) return { what: 'length-not-a-number' }
    if (at - start >= LONGEST_LENGTH) return { what: 'length-of-many-digits' }
    length = length * 10 + (byte - 0x30)
  }
  const end = start + length
  if (at === start) return { what: 'no-length' }
  if (end > bytes.length) return { what: 'length-past-the-end', length }
  // At least one character of a key, `=` and the line feed.
  if (end < at + 4) return { what: 'length-too-short', length }
  if (bytes[end - 1] !== LINE_FEED) return { what: 'no-line-feed' }
  const equals = bytes.indexOf(EQUALS, at + 1)
  if (equals < 0 || equals >= end - 1) return { what: 'no-equals-sign' }
  if (equals === at + 1) return { what: 'empty-key' }
  return { key: decodeName(bytes.subarray(at + 1, equals)).text, value: bytes.slice(equals + 1, end - 1), end }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/** Vendor prefixes of keys that readers know to be harmless. */
const KNOWN_VENDORS = /^(?:SCHILY|LIBARCHIVE|GNU\.sparse)\./

/** A vendor's own key that strict readers do not ignore. */
export function isForeignKey(key: string): boolean {
  return key.includes('.') && !KNOWN_VENDORS.test(key)
}
