import { type Report, readExtra, sameBytes, unicodeName } from './zip-extra.js'
import { decodeName, isName } from './zip-name.js'
import {
  CENTRAL,
  DESCRIBED,
  DESCRIPTOR,
  ENCRYPTED,
  LOCAL,
  LOCAL_SIZE,
  localAt,
  MASKED,
  NEWEST_VERSION,
  ONES32,
  PATCHED,
  type RecordFields,
  STRONG,
  signatureAt,
  UTF8,
  u32,
  u64,
} from './zip-records.js'
import { type LocalFound, scanRegion } from './zip-region.js'
import type { Entry, ZipState } from './zip-state.js'
import { applyZip64, type Sizes } from './zip64.js'

/** Bits that change how a member is read. */
const READING_BITS = ENCRYPTED | DESCRIBED | PATCHED | STRONG | UTF8 | MASKED
/** Bytes of a zip64 field in a local record: what PyPI takes. */
const LOCAL_LENGTHS: ReadonlySet<number> = new Set([0, 8, 16, 24, 28])

export interface Walk {
  readonly zip: ZipState
  /** By offset. */
  readonly sorted: readonly Entry[]
  /** Where the directory begins. */
  readonly end: number
  /** False when a limit cut the directory: nothing is known of what stands behind the last listed member. */
  readonly complete: boolean
  /** Told of every local record that is not listed. */
  readonly unlisted: (found: LocalFound) => void
  /** Told of a further end record. */
  readonly secondEnd: (at: number, commentLength: number) => void
}

/** Walks from byte 0 to the directory, finds each member's content, and accounts for every byte between. */
export async function walk({ zip, sorted, end, complete, unlisted, secondEnd }: Walk): Promise<void> {
  const { window } = zip
  const stray = { local: unlisted, end: secondEnd }
  let position = 0
  let last: Entry | undefined
  for (const [index, entry] of sorted.entries()) {
    const { offset } = entry
    if (offset > position && position < end) await scanRegion(zip, position, Math.min(offset, end), stray)
    const found = await localOf(zip, entry)
    if (!found) {
      position = Math.max(position, Math.min(offset, end))
      continue
    }
    const { local, wide } = found
    const contentEnd = entry.dataStart + entry.compressedSize
    // Where the next one begins, PyPI's Python and uv stop reading this one; where both begin at one place, Python does not.
    const next = Math.min(sorted[index + 1]?.offset ?? end, end)
    if (contentEnd > next && next !== offset && next < window.size)
      zip.report({ kind: 'zip-runs-into-next', member: entry.path, offset, next })
    let stop = contentEnd
    if (local.flags & DESCRIBED) stop += await descriptor(zip, entry, local.method === 0, wide, stop)
    if (stop > window.size) {
      // Its size is not true, or the file was cut: the next member says where to go on.
      entry.barred = true
      entry.cut = true
      stop = Math.min(window.size, sorted[index + 1]?.offset ?? end)
    } else if (offset < position) {
      entry.barred = true
      zip.report({ kind: 'zip-overlap', member: entry.path, offset, other: last?.path })
    } else {
      last = entry
      if (offset >= end || stop > end) zip.report({ kind: 'zip-overlap', member: entry.path, offset, other: undefined })
    }
    position = Math.max(position, stop)
  }
  if (complete && position < end) await scanRegion(zip, position, end, stray)
}

/** Finds the content of one member, without those around it. */
export async function locate(zip: ZipState, entry: Entry): Promise<void> {
  if (!(await localOf(zip, entry)) || entry.dataStart + entry.compressedSize <= zip.window.size) return
  entry.barred = true
  entry.cut = true
}

/** Reads a member's local record, and says where its content begins. Undefined, and reported, where there is none. */
async function localOf(
  zip: ZipState,
  entry: Entry,
): Promise<{ readonly local: RecordFields; readonly wide: boolean } | undefined> {
  const { window } = zip
  const { offset } = entry
  const fixed = offset < 0 ? undefined : (window.peek(offset, LOCAL_SIZE) ?? (await window.load(offset, LOCAL_SIZE)))
  if (!fixed || signatureAt(fixed, 0) !== LOCAL || fixed.length < LOCAL_SIZE) {
    const { path, alias } = entry
    zip.report({ kind: 'zip-local-missing', member: path, offset })
    if (alias !== undefined)
      zip.report({ kind: 'zip-unicode-path-other', member: path, offset, where: 'central', path: alias, agrees: false })
    return undefined
  }
  const local = localAt(fixed, 0)
  const { nameLength, extraLength } = local
  const at = offset + LOCAL_SIZE
  const variable = window.peek(at, nameLength + extraLength) ?? (await window.load(at, nameLength + extraLength))
  entry.dataStart = at + nameLength + extraLength
  return { local, wide: compare(zip, entry, local, variable) }
}

/** Compares a member's local record with its central one. True where it has a zip64 field. */
function compare(zip: ZipState, entry: Entry, local: RecordFields, variable: Uint8Array): boolean {
  const { path, offset } = entry
  const place = { member: path, offset }
  const report: Report = one => zip.report({ ...one, ...place, where: 'local' })
  const name = variable.subarray(0, local.nameLength)
  const sameBits = entry.name ? sameBytes(name, entry.name) : isName(name, path)
  // Readers compare the names as each record's flag says that they are to be read.
  const own = entry.stored ?? path
  const localName =
    sameBits && (!entry.name || !((local.flags ^ entry.flags) & UTF8))
      ? own
      : decodeName(name, (local.flags & UTF8) !== 0).stored
  if (!sameBits || localName !== own) zip.report({ kind: 'zip-local-name', ...place, local: localName })
  const { version, flags, method } = local
  const here = { member: path, offset, where: 'local' } as const
  const news = flags & ~entry.flags
  if (version > NEWEST_VERSION) zip.report({ kind: 'zip-version', ...here, version: version / 10 })
  if (news & (ENCRYPTED | STRONG) && !(entry.flags & (ENCRYPTED | STRONG)))
    zip.report({ kind: 'zip-encrypted', ...here, shadowed: false })
  if (news & PATCHED) zip.report({ kind: 'zip-reserved-flag', ...here, shadowed: false, bit: 5 })
  if (news & MASKED) zip.report({ kind: 'zip-reserved-flag', ...here, shadowed: false, bit: 13 })
  let sizes: Sizes = { size: local.size, compressedSize: local.compressedSize, offset: 0 }
  const { zip64, unicodePaths } = readExtra(variable.subarray(local.nameLength), report)
  if (zip64.length > 0 || sizes.size === ONES32 || sizes.compressedSize === ONES32)
    sizes = applyZip64(sizes, zip64, { where: 'local', disk: 0 }, report)
  // Both sizes belong there; one can be right only where they are the same.
  for (const field of zip64) {
    const { length } = field
    if (!LOCAL_LENGTHS.has(length) || (length === 8 && (method !== 0 || u64(field, 0) !== entry.compressedSize)))
      report({ kind: 'zip64-extra-length', bytes: length })
  }
  const alias = unicodeName(unicodePaths, name, report)
  const agrees = alias === entry.alias
  if (entry.alias !== undefined)
    zip.report({ kind: 'zip-unicode-path-other', ...place, where: 'central', path: entry.alias, agrees })
  if (alias !== undefined && !agrees) zip.report({ kind: 'zip-unicode-path-other', ...here, path: alias, agrees })
  const differ = (kind: DifferenceKind, here: number, there: number) =>
    zip.report({ kind, ...place, local: here, central: there })
  if (method !== entry.method) differ('zip-local-method', method, entry.method)
  if (((local.flags ^ entry.flags) & READING_BITS) !== 0) differ('zip-local-flags', local.flags, entry.flags)
  if (local.time !== entry.time) differ('zip-local-time', local.time, entry.time)
  // Python asks for no byte of what is empty; a deflate stream has one all the same.
  if (method === 8 && entry.method === 8 && entry.size === 0 && entry.compressedSize === 0)
    zip.report({ kind: 'zip-deflate-cut', ...place, bytes: 0, stated: 0, crcFits: true })
  // With a descriptor the record may leave its fields 0. Where it states a compressed size, that is believed, and the other.
  const described = (flags & DESCRIBED) !== 0
  if (!described || sizes.compressedSize !== 0) {
    if (sizes.compressedSize !== entry.compressedSize)
      differ('zip-local-compressed-size', sizes.compressedSize, entry.compressedSize)
    if (sizes.size !== entry.size) differ('zip-local-size', sizes.size, entry.size)
  }
  if (local.crc !== entry.crc && !(described && local.crc === 0)) differ('zip-local-crc', local.crc, entry.crc)
  return zip64.length > 0
}

type DifferenceKind =
  | 'zip-local-compressed-size'
  | 'zip-local-size'
  | 'zip-local-crc'
  | 'zip-local-method'
  | 'zip-local-flags'
  | 'zip-local-time'

/** Length of the data descriptor at `at`, in whichever of its four forms agrees; reports that it is there. */
async function descriptor(zip: ZipState, entry: Entry, stored: boolean, wide: boolean, at: number): Promise<number> {
  const { window } = zip
  const { path, crc, compressedSize, size } = entry
  const bytes = window.peek(at, 28) ?? (await window.load(at, 28))
  // uv cannot tell where stored content ends, and expects none of a directory.
  const uv = stored || (path.endsWith('/') && compressedSize > 0)
  zip.report({ kind: 'zip-data-descriptor', member: path, offset: entry.offset, uv })
  const signed = signatureAt(bytes, 0) === DESCRIPTOR
  const start = signed ? 4 : 0
  const mismatch = (fault: 'missing' | 'other' | 'width') => {
    const behind = signatureAt(bytes, start + (wide ? 20 : 12))
    const passed = behind === LOCAL || behind === CENTRAL
    zip.report({ kind: 'zip-data-descriptor-mismatch', member: path, offset: at, fault, passed })
  }
  for (const width of wide ? [8, 4] : [4, 8]) {
    const length = start + 4 + 2 * width
    if (bytes.length < length) continue
    const value = (index: number) => (width === 4 ? u32 : u64)(bytes, start + 4 + index * width)
    if (u32(bytes, start) !== crc || value(0) !== compressedSize || value(1) !== size) continue
    if (wide !== (width === 8)) mismatch('width')
    return length
  }
  mismatch(signed ? 'other' : 'missing')
  return signed ? 16 : 0
}
