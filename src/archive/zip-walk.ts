import { applyZip64, checkUnicodePath, type Report, readExtra, type Sizes, sameBytes } from './zip-extra.js'
import { decodeName, isName } from './zip-name.js'
import {
  DESCRIBED,
  DESCRIPTOR,
  ENCRYPTED,
  LOCAL,
  LOCAL_SIZE,
  localAt,
  MASKED,
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

/** Bits that change how a member is read. */
const READING_BITS = ENCRYPTED | DESCRIBED | PATCHED | STRONG | UTF8 | MASKED

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
  const stray = { junk: 'zip-gap', local: unlisted, end: secondEnd } as const
  let position = 0
  let last: Entry | undefined
  for (const [index, entry] of sorted.entries()) {
    const { offset } = entry
    if (offset > position && position < end) await scanRegion(zip, position, Math.min(offset, end), stray)
    const fixed = offset < 0 ? undefined : (window.peek(offset, LOCAL_SIZE) ?? (await window.load(offset, LOCAL_SIZE)))
    if (!fixed || signatureAt(fixed, 0) !== LOCAL || fixed.length < LOCAL_SIZE) {
      zip.report({ kind: 'zip-local-missing', member: entry.path, offset })
      position = Math.max(position, Math.min(offset, end))
      continue
    }
    const local = localAt(fixed, 0)
    const { nameLength, extraLength } = local
    const at = offset + LOCAL_SIZE
    const variable = window.peek(at, nameLength + extraLength) ?? (await window.load(at, nameLength + extraLength))
    entry.dataStart = at + nameLength + extraLength
    compare(zip, entry, local, variable)
    let stop = entry.dataStart + entry.compressedSize
    if (local.flags & DESCRIBED) stop += await descriptor(zip, entry, stop)
    if (stop > window.size) {
      // Its size is not true, or the file was cut: the next member says where to go on.
      entry.barred = true
      zip.report({ kind: 'zip-content-cut', member: entry.path, offset })
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

/** Compares a member's local record with its central one. */
function compare(zip: ZipState, entry: Entry, local: RecordFields, variable: Uint8Array): void {
  const { path, offset } = entry
  const place = { member: path, offset }
  const report: Report = one => zip.report({ ...one, ...place, where: 'local' })
  const name = variable.subarray(0, local.nameLength)
  const same = entry.name ? sameBytes(name, entry.name) : isName(name, path)
  if (!same) zip.report({ kind: 'zip-local-name', ...place, local: decodeName(name, (local.flags & UTF8) !== 0).path })
  let sizes: Sizes = { size: local.size, compressedSize: local.compressedSize, offset: 0 }
  if (local.extraLength > 0) {
    const { zip64, unicodePath } = readExtra(variable.subarray(local.nameLength), report)
    sizes = applyZip64(sizes, zip64, report)
    // Both sizes belong there; one can be right only where they are the same.
    if (zip64?.length === 8 && local.method !== 0) report({ kind: 'zip64-extra-length', bytes: zip64.length })
    if (unicodePath) checkUnicodePath(unicodePath, name, report)
  }
  const differ = (kind: DifferenceKind, here: number, there: number) =>
    zip.report({ kind, ...place, local: here, central: there })
  if (local.method !== entry.method) differ('zip-local-method', local.method, entry.method)
  if (((local.flags ^ entry.flags) & READING_BITS) !== 0) differ('zip-local-flags', local.flags, entry.flags)
  if (local.time !== entry.time) differ('zip-local-time', local.time, entry.time)
  // With a descriptor the record may leave its fields 0, or all ones where zip64 sizes follow.
  const described = (local.flags & DESCRIBED) !== 0
  const contradicts = (value: number, expected: number) =>
    value !== expected && !(described && (value === 0 || value === ONES32))
  if (contradicts(sizes.compressedSize, entry.compressedSize))
    differ('zip-local-compressed-size', sizes.compressedSize, entry.compressedSize)
  if (contradicts(sizes.size, entry.size)) differ('zip-local-size', sizes.size, entry.size)
  if (local.crc !== entry.crc && !(described && local.crc === 0)) differ('zip-local-crc', local.crc, entry.crc)
}

type DifferenceKind =
  | 'zip-local-compressed-size'
  | 'zip-local-size'
  | 'zip-local-crc'
  | 'zip-local-method'
  | 'zip-local-flags'
  | 'zip-local-time'

/** Length of the data descriptor at `at`, in whichever of its four forms agrees; reports that it is there. */
async function descriptor(zip: ZipState, entry: Entry, at: number): Promise<number> {
  const { window } = zip
  const { path, crc, compressedSize, size } = entry
  const bytes = window.peek(at, 24) ?? (await window.load(at, 24))
  zip.report({ kind: 'zip-data-descriptor', member: path, offset: entry.offset })
  const signed = signatureAt(bytes, 0) === DESCRIPTOR
  const start = signed ? 4 : 0
  for (const width of [4, 8]) {
    const length = start + 4 + 2 * width
    if (bytes.length < length) continue
    const value = (index: number) => (width === 4 ? u32 : u64)(bytes, start + 4 + index * width)
    if (u32(bytes, start) === crc && value(0) === compressedSize && value(1) === size) return length
  }
  zip.report({ kind: 'zip-data-descriptor-mismatch', member: path, offset: at, missing: !signed })
  return signed ? 16 : 0
}
