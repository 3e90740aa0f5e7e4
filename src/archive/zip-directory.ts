import { MOST_NAMES } from './limits.js'
import { type Report, readExtra, unicodeName } from './zip-extra.js'
import { decodeName } from './zip-name.js'
import {
  CENTRAL,
  CENTRAL_SIZE,
  centralAt,
  ENCRYPTED,
  isRecordByte,
  MASKED,
  NEWEST_VERSION,
  ONES32,
  PATCHED,
  STRONG,
  signatureAt,
  UTF8,
} from './zip-records.js'
import type { Entry, ZipState } from './zip-state.js'
import { applyZip64 } from './zip64.js'

export interface DirectoryRead {
  readonly entries: Entry[]
  /** Where the first byte after the last central record stands. */
  readonly end: number
  /** Records there, also those over the limit of members. */
  readonly count: number
  /** False when a limit, or the end of the file, cut the reading. */
  readonly complete: boolean
}

/** Bytes looked at in one step. */
const STEP = 1024 * 1024

/** Reads central records from `start` for as long as there are any before `limit`: their number is not believed but counted. */
export async function readDirectory(
  zip: ZipState,
  start: number,
  limit: number,
  shift: number,
): Promise<DirectoryRead> {
  const { window, options } = zip
  const entries: Entry[] = []
  let at = start
  let base = start
  let names = 0
  let bytes: Uint8Array = new Uint8Array(0)
  const have = async (length: number): Promise<boolean> => {
    if (at + length > limit) return false
    if (at + length > base + bytes.length) {
      base = at
      bytes = await window.load(base, Math.min(Math.max(STEP, length), limit - base))
    }
    return at + length <= base + bytes.length
  }
  for (;;) {
    if (!(await have(4)) || signatureAt(bytes, at - base) !== CENTRAL) break
    const record = (await have(CENTRAL_SIZE)) ? centralAt(bytes, at - base) : undefined
    const variable = record ? record.nameLength + record.extraLength + record.commentLength : 0
    if (!record || !(await have(CENTRAL_SIZE + variable))) {
      zip.report({ kind: 'zip-directory-cut', offset: at })
      // Python takes what there is of the last one.
      if (record && entries.length < options.limits.members && (await have(limit - at)))
        entries.push(entryOf(zip, record, bytes.subarray(at - base + CENTRAL_SIZE, limit - base), at, shift))
      return { entries, end: limit, count: entries.length, complete: false }
    }
    if (entries.length >= options.limits.members) {
      zip.report({ kind: 'limit-members', offset: at, limit: options.limits.members })
      return { entries, end: limit, count: entries.length, complete: false }
    }
    names += record.nameLength
    if (names > MOST_NAMES) {
      zip.report({ kind: 'limit-names', offset: at, limit: MOST_NAMES })
      return { entries, end: limit, count: entries.length, complete: false }
    }
    const from = at - base + CENTRAL_SIZE
    entries.push(entryOf(zip, record, bytes.subarray(from, from + variable), at, shift))
    at += CENTRAL_SIZE + variable
  }
  return { entries, end: at, count: entries.length, complete: true }
}

function entryOf(
  zip: ZipState,
  record: ReturnType<typeof centralAt>,
  variable: Uint8Array,
  at: number,
  shift: number,
): Entry {
  const { nameLength, extraLength, commentLength, flags, method } = record
  const name = variable.subarray(0, nameLength)
  const { path, stored, ascii, problem } = decodeName(name, (flags & UTF8) !== 0)
  const place = { member: path, offset: at }
  const central = { member: path, offset: at, where: 'central' } as const
  const report: Report = one => zip.report({ ...one, ...place, where: 'central' })
  const limit = zip.options.limits.nameLength
  // Of a record that the end cuts, there are fewer.
  const tooLong = name.length > limit
  if (tooLong) zip.report({ kind: 'limit-name-length', ...place, length: name.length, limit })
  if (stored !== path) zip.report({ kind: 'zip-name-nul', ...place, stored })
  if (problem === 'zip-name-unflagged') zip.report({ kind: problem, ...place })
  else if (problem) zip.report({ kind: problem, ...place, flagged: (flags & UTF8) !== 0 })
  const { version, disk } = record
  let sizes = { size: record.size, compressedSize: record.compressedSize, offset: record.offset }
  const { zip64, unicodePaths } = readExtra(variable.subarray(nameLength, nameLength + extraLength), report)
  if (zip64.length > 0 || sizes.size === ONES32 || sizes.compressedSize === ONES32)
    sizes = applyZip64(sizes, zip64, { where: 'central', disk }, report)
  const alias = unicodeName(unicodePaths, name, report)
  if (commentLength > 0) {
    const binary = variable.subarray(nameLength + extraLength).some(isRecordByte)
    zip.report({ kind: 'zip-member-comment', ...place, bytes: commentLength, binary })
  }
  if (version > NEWEST_VERSION) zip.report({ kind: 'zip-version', ...central, version: version / 10 })
  if (disk !== 0 && disk !== 0xffff) zip.report({ kind: 'zip-disk-number', ...place, disk, differ: false })
  if (path.endsWith('/') && (sizes.size > 0 || record.crc !== 0))
    zip.report({ kind: 'zip-directory-with-data', ...place, bytes: sizes.size, crc: record.crc })
  return {
    // A copy, so that the block can go.
    name: ascii ? undefined : new Uint8Array(name),
    path,
    stored: stored === path ? undefined : stored,
    alias,
    flags,
    method,
    time: record.time,
    at,
    crc: record.crc,
    compressedSize: sizes.compressedSize,
    size: sizes.size,
    mode: record.mode,
    offset: sizes.offset + shift,
    dataStart: -1,
    barred: false,
    cut: false,
    member: undefined,
    hidden: tooLong,
  }
}

/** Members that nobody can read, or not all readers, as their central records say. */
export function reportUnreadable(zip: ZipState, entries: readonly Entry[]): void {
  const strange = entries.filter(
    ({ flags, method }) => flags & (ENCRYPTED | STRONG | PATCHED | MASKED) || (method !== 0 && method !== 8),
  )
  if (strange.length === 0) return
  const last = new Map(entries.map(entry => [entry.path, entry]))
  for (const entry of strange) {
    const { path, at, flags, method } = entry
    const place = { member: path, offset: at, shadowed: last.get(path) !== entry }
    const central = { ...place, where: 'central' } as const
    if (flags & (ENCRYPTED | STRONG)) zip.report({ kind: 'zip-encrypted', ...central })
    if (flags & PATCHED) zip.report({ kind: 'zip-reserved-flag', ...central, bit: 5 })
    if (flags & MASKED) zip.report({ kind: 'zip-reserved-flag', ...central, bit: 13 })
    if (method !== 0 && method !== 8) zip.report({ kind: 'zip-method', ...place, method })
  }
}
