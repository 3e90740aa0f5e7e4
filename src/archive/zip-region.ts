import { decodeName } from './zip-name.js'
import {
  CENTRAL,
  CENTRAL_SIZE,
  centralAt,
  DESCRIPTOR,
  END,
  END_SIZE,
  END64,
  END64_SIZE,
  endAt,
  LOCAL,
  LOCAL_SIZE,
  LOCATOR,
  LOCATOR_SIZE,
  localAt,
  ONES32,
  signatureAt,
  UTF8,
  u32,
} from './zip-records.js'
import type { ZipState } from './zip-state.js'

const STEP = 1024 * 1024
/** Highest version needed that any record states, with room: what is above is not a record but chance. */
const HIGHEST_VERSION = 100

export interface LocalFound {
  readonly at: number
  readonly name: Uint8Array
  readonly path: string
  readonly version: number
  readonly flags: number
  readonly method: number
  readonly time: number
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
  readonly dataStart: number
}

/** A local record, when a whole and possible one stands there. */
export async function localFoundAt(zip: ZipState, at: number): Promise<LocalFound | undefined> {
  const bytes = await zip.window.load(at, LOCAL_SIZE)
  if (bytes.length < LOCAL_SIZE || u32(bytes, 0) !== LOCAL || (bytes[4] ?? 0) > HIGHEST_VERSION) return undefined
  const { nameLength, extraLength, ...fields } = localAt(bytes, 0)
  const name = new Uint8Array(await zip.window.load(at + LOCAL_SIZE, nameLength))
  if (name.length < nameLength) return undefined
  const { path } = decodeName(name, (fields.flags & UTF8) !== 0)
  return { ...fields, at, name, path, dataStart: at + LOCAL_SIZE + nameLength + extraLength }
}

/** Where the next bytes that begin a record stand in [from, to), or `to`: also when the time is over. */
async function nextRecord(zip: ZipState, from: number, to: number): Promise<number> {
  let at = from
  while (at < to && !zip.late()) {
    const bytes = await zip.window.load(at, Math.min(STEP, to - at))
    if (bytes.length < 4) return to
    for (let i = bytes.indexOf(0x50); i >= 0 && i + 4 <= bytes.length; i = bytes.indexOf(0x50, i + 1)) {
      const signature = u32(bytes, i)
      if (signature === LOCAL || signature === CENTRAL || signature === END || signature === DESCRIPTOR) return at + i
    }
    if (at + bytes.length >= to) return to
    at += bytes.length - 3
  }
  return to
}

/** What stands where nothing of the archive in use should. */
interface Stray {
  local?(found: LocalFound): void
  /** A second end record. */
  end?(at: number, commentLength: number): void
  /** True when the scan is over. */
  stop?(signature: number, at: number): boolean
}

/** Accounts for every byte of [from, to), which no listed member covers. Returns where it stopped. */
export async function scanRegion(zip: ZipState, from: number, to: number, stray: Stray): Promise<number> {
  const { window } = zip
  let at = from
  // Central and zip64 records are named by the end record that follows them, and are foreign bytes where none does.
  let loose = -1
  const settle = (): void => {
    if (loose >= 0) zip.report({ kind: 'zip-gap', offset: loose, bytes: at - loose })
    loose = -1
  }
  while (at < to) {
    if (zip.late()) return to
    const bytes = await window.load(at, Math.min(CENTRAL_SIZE, to - at))
    const signature = signatureAt(bytes, 0)
    if (stray.stop?.(signature, at)) {
      settle()
      return at
    }
    const known = signature === CENTRAL || signature === END64 || signature === LOCATOR
    if (signature === END) loose = -1
    else if (!known) settle()
    else if (loose < 0) loose = at
    let length = 0
    if (signature === LOCAL) {
      const found = await localFoundAt(zip, at)
      if (found) {
        stray.local?.(found)
        length = found.dataStart - at + (await contentLength(zip, found, to))
      }
    } else if (signature === CENTRAL && bytes.length === CENTRAL_SIZE) {
      const { nameLength, extraLength, commentLength } = centralAt(bytes, 0)
      length = CENTRAL_SIZE + nameLength + extraLength + commentLength
    } else if (signature === END && bytes.length >= END_SIZE) {
      const comment = endAt(bytes, 0).commentLength
      stray.end?.(at, comment)
      length = END_SIZE
      // Its comment may hold the archive in use; that one counts.
      if (at + length + comment <= to) length += comment
    } else if (signature === END64) length = END64_SIZE
    else if (signature === LOCATOR) length = LOCATOR_SIZE
    else if (signature === DESCRIPTOR) {
      zip.report({ kind: 'zip-data-descriptor-unflagged', offset: at })
      const next = await window.load(at + 16, 2)
      length = at + 16 === to || (next[0] === 0x50 && next[1] === 0x4b) ? 16 : 24
    }
    if (length === 0) {
      loose = -1
      const end = await nextRecord(zip, at + 1, to)
      if (zip.late()) return to
      zip.report({ kind: from === 0 && at === 0 ? 'zip-prepended-data' : 'zip-gap', offset: at, bytes: end - at })
      length = end - at
    }
    at += length
  }
  at = Math.min(at, to)
  settle()
  return at
}

/** Bytes that an unlisted local record's content takes: as stated, or up to the next record where it does not say. */
async function contentLength(zip: ZipState, found: LocalFound, to: number): Promise<number> {
  if (found.compressedSize !== ONES32 && (found.compressedSize > 0 || !(found.flags & 0x8))) return found.compressedSize
  return (await nextRecord(zip, found.dataStart, to)) - found.dataStart
}
