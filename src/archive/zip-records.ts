// The records of a zip (APPNOTE 6.3.10, section 4.3) as they stand. Numbers above 2^53 lose their last bits: no file is that long.

export const LOCAL = 0x04034b50
export const CENTRAL = 0x02014b50
export const END = 0x06054b50
export const END64 = 0x06064b50
export const LOCATOR = 0x07064b50
export const DESCRIPTOR = 0x08074b50

export const LOCAL_SIZE = 30
export const CENTRAL_SIZE = 46
export const END_SIZE = 22
export const END64_SIZE = 56
export const LOCATOR_SIZE = 20

export const ONES16 = 0xffff
export const ONES32 = 0xffffffff

/** Bytes at the end of a file in which readers look for the end record: it, and the longest comment. */
export const REACH = END_SIZE + ONES16
/** zipfile up to Python 3.13 looks one byte further. */
export const OLDER_REACH = REACH + 1

export const ENCRYPTED = 0x1
export const DESCRIBED = 0x8
export const PATCHED = 0x20
export const STRONG = 0x40
export const UTF8 = 0x800
export const MASKED = 0x2000

/** The format's latest version, 6.3, as records state it: Python and uv open no zip that needs more. */
export const NEWEST_VERSION = 63

/** Each signature has two of these bytes, and text has none. */
export const isRecordByte = (byte: number): boolean => byte >= 1 && byte <= 8

export function u16(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8)
}

export function u32(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

export function u64(bytes: Uint8Array, at: number): number {
  return u32(bytes, at) + u32(bytes, at + 4) * 2 ** 32
}

/** The signature at a place, 0 where fewer than four bytes are left. */
export function signatureAt(bytes: Uint8Array, at: number): number {
  return at >= 0 && at + 4 <= bytes.length ? u32(bytes, at) : 0
}

/** What the local and the central record both say. */
export interface RecordFields {
  /** Version needed to extract, times ten; the other byte of the field has no meaning. */
  readonly version: number
  readonly flags: number
  readonly method: number
  /** DOS date and time. */
  readonly time: number
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
  readonly nameLength: number
  readonly extraLength: number
}

export interface CentralRecord extends RecordFields {
  readonly commentLength: number
  readonly disk: number
  /** Upper half of the external attributes. */
  readonly mode: number
  readonly offset: number
}

/** Fixed part of a local record; `bytes` has at least 30 bytes from `at`. */
export function localAt(bytes: Uint8Array, at: number): RecordFields {
  return {
    version: bytes[at + 4] ?? 0,
    flags: u16(bytes, at + 6),
    method: u16(bytes, at + 8),
    time: u32(bytes, at + 10),
    crc: u32(bytes, at + 14),
    compressedSize: u32(bytes, at + 18),
    size: u32(bytes, at + 22),
    nameLength: u16(bytes, at + 26),
    extraLength: u16(bytes, at + 28),
  }
}

/** Fixed part of a central record; `bytes` has at least 46 bytes from `at`. */
export function centralAt(bytes: Uint8Array, at: number): CentralRecord {
  return {
    version: bytes[at + 6] ?? 0,
    flags: u16(bytes, at + 8),
    method: u16(bytes, at + 10),
    time: u32(bytes, at + 12),
    crc: u32(bytes, at + 16),
    compressedSize: u32(bytes, at + 20),
    size: u32(bytes, at + 24),
    nameLength: u16(bytes, at + 28),
    extraLength: u16(bytes, at + 30),
    commentLength: u16(bytes, at + 32),
    disk: u16(bytes, at + 34),
    mode: u16(bytes, at + 40),
    offset: u32(bytes, at + 42),
  }
}

export interface EndRecord {
  readonly disk: number
  readonly centralDisk: number
  readonly diskEntries: number
  readonly entries: number
  readonly size: number
  readonly offset: number
}

export function endAt(bytes: Uint8Array, at: number): EndRecord & { readonly commentLength: number } {
  return {
    disk: u16(bytes, at + 4),
    centralDisk: u16(bytes, at + 6),
    diskEntries: u16(bytes, at + 8),
    entries: u16(bytes, at + 10),
    size: u32(bytes, at + 12),
    offset: u32(bytes, at + 16),
    commentLength: u16(bytes, at + 20),
  }
}

export function end64At(bytes: Uint8Array, at: number): EndRecord & { readonly recordSize: number } {
  return {
    recordSize: u64(bytes, at + 4),
    disk: u32(bytes, at + 16),
    centralDisk: u32(bytes, at + 20),
    diskEntries: u64(bytes, at + 24),
    entries: u64(bytes, at + 32),
    size: u64(bytes, at + 40),
    offset: u64(bytes, at + 48),
  }
}

/** Flags that uv does not read, and the methods that it inflates. */
const BARRED = ENCRYPTED | STRONG | PATCHED
const UV_METHODS: ReadonlySet<number> = new Set([8, 93])

/** Does uv read this local record, and skip its content? */
export const isPlain = ({
  version,
  flags,
  method,
}: Readonly<Record<'version' | 'flags' | 'method', number>>): boolean =>
  version <= NEWEST_VERSION && !(flags & BARRED) && (method === 0 ? !(flags & DESCRIBED) : UV_METHODS.has(method))
