import type { ZipStops } from './archive.js'
import { landing } from './landing.js'
import type { End } from './zip-end.js'
import { decodeUtf8, readExtra } from './zip-extra.js'
import { decodeName } from './zip-name.js'
import {
  CENTRAL,
  CENTRAL_SIZE,
  centralAt,
  DESCRIBED,
  DESCRIPTOR,
  END,
  END_SIZE,
  END64,
  END64_SIZE,
  end64At,
  endAt,
  isPlain,
  LOCAL,
  LOCAL_SIZE,
  LOCATOR,
  LOCATOR_SIZE,
  localAt,
  OLDER_REACH,
  ONES32,
  REACH,
  signatureAt,
  UTF8,
  u16,
  u32,
  u64,
} from './zip-records.js'
import type { Entry, ZipState } from './zip-state.js'
import { applyZip64 } from './zip64.js'

/**
 * Which readers stop at the records of this zip: asked where something is wrong with it. What single members have in their
 * fields that Python does not open, and their content, are not looked at here.
 */
export async function stopsOf(zip: ZipState, end: End | undefined, entries: readonly Entry[]): Promise<ZipStops> {
  const back = end ? zip.window.size - end.at : Number.POSITIVE_INFINITY
  return {
    olderPython: !end || back > OLDER_REACH || !(await opens(zip, await olderView(zip, end))),
    newerPython: !end || back > REACH || !(await opens(zip, await newerView(zip, end))),
    walk: back > REACH || !(await walks(zip, entries)),
    uv: !end || !(await streams(zip, end, entries)),
  }
}

/** Where a reader looks for the directory; undefined where it refuses the end records. */
type Sought = { readonly start: number; readonly size: number } | undefined

const isLocator = (bytes: Uint8Array) => signatureAt(bytes, 0) === LOCATOR && bytes.length === LOCATOR_SIZE
const ofSeveralDisks = (locator: Uint8Array) => u32(locator, 4) !== 0 || u32(locator, 16) > 1

/** zipfile up to Python 3.13: the zip64 end record is the 56 bytes in front of the locator, or there is none. */
async function olderView(zip: ZipState, end: End): Promise<Sought> {
  const { plain } = end
  const at = end.at - LOCATOR_SIZE
  const locator = at < 0 ? new Uint8Array(0) : await zip.window.load(at, LOCATOR_SIZE)
  if (!isLocator(locator)) return { start: end.at - plain.size, size: plain.size }
  if (ofSeveralDisks(locator)) return undefined
  const from = at - END64_SIZE
  const bytes = from < 0 ? new Uint8Array(0) : await zip.window.load(from, END64_SIZE)
  if (signatureAt(bytes, 0) !== END64) return { start: end.at - plain.size, size: plain.size }
  const { size } = end64At(bytes, 0)
  return { start: from - size, size }
}

/** zipfile of Python 3.14: it goes by the locator, and compares. */
async function newerView(zip: ZipState, end: End): Promise<Sought> {
  const { plain } = end
  const at = end.at - LOCATOR_SIZE
  const locator = at < 0 ? new Uint8Array(0) : await zip.window.load(at, LOCATOR_SIZE)
  if (!isLocator(locator)) return { start: end.at - plain.size, size: plain.size }
  if (ofSeveralDisks(locator)) return undefined
  const stated = u64(locator, 8)
  let from = at - END64_SIZE
  if (from < 0 || stated > from) return undefined
  const before = from
  let bytes = await zip.window.load(stated, END64_SIZE)
  if (signatureAt(bytes, 0) === END64) from = stated
  else bytes = await zip.window.load(from, END64_SIZE)
  if (signatureAt(bytes, 0) !== END64) return undefined
  const { size, offset, recordSize } = end64At(bytes, 0)
  if (offset + size !== stated || recordSize + 12 !== END64_SIZE + before - from) return undefined
  return { start: from - size, size }
}

/** Reads the directory as zipfile does: records, and nothing but records, of so many bytes. Nobody takes an empty one for a wheel. */
async function opens({ window, late }: ZipState, sought: Sought): Promise<boolean> {
  if (!sought || sought.start < 0 || sought.size === 0) return false
  const { start, size } = sought
  for (let done = 0; done < size && !late(); ) {
    const bytes = await window.load(start + done, Math.min(CENTRAL_SIZE, size - done))
    if (bytes.length < CENTRAL_SIZE || signatureAt(bytes, 0) !== CENTRAL) return false
    const { nameLength, extraLength, commentLength } = centralAt(bytes, 0)
    done += CENTRAL_SIZE + nameLength + extraLength + commentLength
  }
  return true
}

/**
 * uv's walk over a download: local records, one right behind the other up to the directory. Does it find a record for each member
 * that it unpacks, where the directory says?
 */
async function streams(zip: ZipState, end: End, entries: readonly Entry[]): Promise<boolean> {
  const { window } = zip
  const listed = new Map(entries.map(entry => [entry.offset, entry]))
  const unpacked = entries.filter(({ path }) => landing(path) !== undefined)
  const missing = new Set(unpacked.map(({ offset }) => offset))
  if (missing.size < unpacked.length) return false
  for (let at = 0; !zip.late(); ) {
    const bytes = await window.load(at, LOCAL_SIZE)
    if (signatureAt(bytes, 0) === CENTRAL) return missing.size === 0 && (await endsAtRecord(zip, at, end))
    if (signatureAt(bytes, 0) !== LOCAL || bytes.length < LOCAL_SIZE) return false
    const { nameLength, extraLength, flags, ...plain } = localAt(bytes, 0)
    const variable = await window.load(at + LOCAL_SIZE, nameLength + extraLength)
    const entry = listed.get(at)
    const { path } = decodeName(variable.subarray(0, nameLength), (flags & UTF8) !== 0)
    if (!entry && (landing(path) !== undefined || !isPlain({ flags, ...plain }))) return false
    const { zip64 } = readExtra(variable.subarray(nameLength), () => {})
    const sizes = applyZip64({ ...plain, offset: 0 }, zip64, { where: 'local', disk: 0 }, () => {})
    missing.delete(at)
    const start = at + LOCAL_SIZE + nameLength + extraLength
    if (flags & DESCRIBED) {
      if (!entry) return false
      const after = start + entry.compressedSize
      const signed = signatureAt(await window.load(after, 4), 0) === DESCRIPTOR
      at = after + (signed ? 4 : 0) + (zip64.length > 0 ? 20 : 12)
    } else at = start + sizes.compressedSize
  }
  return false
}

/** Do the end records stand right behind the directory that begins here? */
async function endsAtRecord({ window }: ZipState, start: number, end: End): Promise<boolean> {
  let at = start
  for (;;) {
    const bytes = await window.load(at, CENTRAL_SIZE)
    const signature = signatureAt(bytes, 0)
    if (signature === END64) return at + END64_SIZE + LOCATOR_SIZE === end.at
    if (signature !== CENTRAL) return at === end.at
    if (bytes.length < CENTRAL_SIZE) return false
    const { nameLength, extraLength, commentLength } = centralAt(bytes, 0)
    at += CENTRAL_SIZE + nameLength + extraLength + commentLength
  }
}

const CONTROL = (byte: number) => byte < 0x20 || byte === 0x7f
const ONCE: ReadonlySet<number> = new Set([0x0001, 0x7075])
const NAME_BYTES = new TextDecoder('latin1')

interface Walked {
  readonly local: Set<string>
  readonly central: Set<string>
}

/** From byte 0, record by record, with the sizes that each states, as PyPI does: does it come to the last byte? */
async function walks(zip: ZipState, entries: readonly Entry[]): Promise<boolean> {
  const { window, options } = zip
  const sizes = new Map(entries.map(entry => [entry.path, entry]))
  const seen: Walked = { local: new Set(), central: new Set() }
  let at = 0
  let directory: number | undefined
  let directorySize = 0
  let end64: { entries: number; size: number; offset: number } | undefined
  let located = false
  while (!zip.late()) {
    const bytes = await window.load(at, END64_SIZE)
    const signature = signatureAt(bytes, 0)
    if (signature === LOCAL) {
      const next = bytes.length < LOCAL_SIZE ? undefined : await walkLocal(zip, at, bytes, sizes, seen)
      if (next === undefined || seen.local.size > options.limits.members) return false
      at = next
    } else if (signature === CENTRAL && bytes.length >= CENTRAL_SIZE) {
      directory ??= at
      const { nameLength, extraLength, commentLength } = centralAt(bytes, 0)
      const name = await window.load(at + CENTRAL_SIZE, nameLength)
      const key = NAME_BYTES.decode(name)
      if (commentLength > 0 || name.some(CONTROL) || seen.central.has(key) || !seen.local.has(key)) return false
      seen.central.add(key)
      const length = CENTRAL_SIZE + nameLength + extraLength
      if (at + length > window.size) return false
      directorySize += length
      at += length
    } else if (signature === END64 && bytes.length === END64_SIZE) {
      const record = end64At(bytes, 0)
      if (record.diskEntries !== record.entries || record.recordSize !== END64_SIZE - 12) return false
      end64 = record
      at += END64_SIZE
    } else if (signature === LOCATOR) {
      located = true
      at += LOCATOR_SIZE
    } else if (signature === END && bytes.length >= END_SIZE) {
      if (end64 && !located) return false
      const plain = endAt(bytes, 0)
      const said = located && end64 ? end64 : plain
      return (
        plain.diskEntries === plain.entries &&
        said.entries === seen.central.size &&
        said.offset === (directory ?? at) &&
        said.size === directorySize &&
        seen.central.size === seen.local.size &&
        at + END_SIZE + plain.commentLength === window.size
      )
    } else return false
  }
  return false
}

/** Where the next record begins; undefined where PyPI does not go on. */
async function walkLocal(
  { window }: ZipState,
  at: number,
  fixed: Uint8Array,
  sizes: ReadonlyMap<string, Entry>,
  { local: seen }: Walked,
): Promise<number | undefined> {
  const { nameLength, extraLength, flags, method, ...plain } = localAt(fixed, 0)
  const variable = await window.load(at + LOCAL_SIZE, nameLength + extraLength)
  if (variable.length < nameLength + extraLength) return undefined
  const name = variable.subarray(0, nameLength)
  const key = NAME_BYTES.decode(name)
  const stated = walkExtra(variable.subarray(nameLength), method, plain)
  const path = decodeUtf8(name)
  const entry = path === undefined ? undefined : sizes.get(path)
  if (!stated || !entry || name.some(CONTROL) || flags & DESCRIBED || seen.has(key)) return undefined
  if (stated.compressedSize !== entry.compressedSize || stated.size !== entry.size) return undefined
  seen.add(key)
  return at + LOCAL_SIZE + nameLength + extraLength + stated.compressedSize
}

interface Stated {
  readonly size: number
  readonly compressedSize: number
}

/** The sizes of a local record as PyPI takes them: a zip64 field's by their place. Undefined where it refuses the fields. */
function walkExtra(extra: Uint8Array, method: number, plain: Stated): Stated | undefined {
  let { size, compressedSize } = plain
  const seen = new Set<number>()
  for (let at = 0; at < extra.length; ) {
    if (extra.length - at < 4) return undefined
    const [id, length] = [u16(extra, at), u16(extra, at + 2)]
    const data = extra.subarray(at + 4, at + 4 + length)
    if (data.length < length || (ONCE.has(id) && seen.has(id))) return undefined
    seen.add(id)
    if (id === 0x7075) {
      const text = data.subarray(5)
      if (text.some(CONTROL) || decodeUtf8(text) === undefined) return undefined
    } else if (id === 0x0001) {
      if (length !== 0 && length !== 8 && length !== 16 && length !== 24 && length !== 28) return undefined
      if (length === 0 && (size === ONES32 || compressedSize === ONES32)) return undefined
      if (length === 8 && method !== 0) return undefined
      if (length > 0) {
        if (size === ONES32) size = u64(data, 0)
        compressedSize = u64(data, length === 8 ? 0 : 8)
      }
    }
    at += 4 + length
  }
  return { size, compressedSize }
}
