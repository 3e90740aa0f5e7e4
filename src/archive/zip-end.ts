import {
  CENTRAL,
  END,
  END_SIZE,
  END64,
  END64_SIZE,
  type EndRecord,
  end64At,
  endAt,
  isRecordByte,
  LOCATOR,
  LOCATOR_SIZE,
  ONES16,
  ONES32,
  REACH,
  signatureAt,
  u32,
  u64,
} from './zip-records.js'
import type { ZipState } from './zip-state.js'

export interface End extends EndRecord {
  /** Where the end record stands. */
  readonly at: number
  /** Where the directory must end: at the zip64 end record, else at the end record. */
  readonly directoryEnd: number
  /** The end record itself, where the zip64 one says otherwise. */
  readonly plain: EndRecord
  /** First byte after the end record and its comment. */
  readonly after: number
}

/** Finds the end record that zipfile uses: the last signature within the reach of readers. */
export async function findEnd(zip: ZipState): Promise<End | undefined> {
  const { window } = zip
  const tailStart = Math.max(0, window.size - REACH)
  const tail = await window.load(tailStart, REACH)
  const before = (from: number): number => {
    let at = from
    while (at >= 0 && signatureAt(tail, at) !== END) at = at === 0 ? -1 : tail.lastIndexOf(0x50, at - 1)
    return at
  }
  const last = tail.length - END_SIZE
  const at = before(last)
  if (at < 0) return undefined
  // Without a comment the record is where the file ends; else the last signature counts, whatever follows it.
  const shadow = at === last && tail.at(-1) === 0 && tail.at(-2) === 0 ? -1 : before(tail.length - 4)
  if (shadow > at) zip.report({ kind: 'zip-end-shadowed', offset: tailStart + shadow, used: tailStart + at })
  return endOf(zip, tail, at, tailStart + at)
}

/** What the end record at `at` of these bytes says, which stands at `offset` of the file. */
async function endOf(zip: ZipState, bytes: Uint8Array, at: number, offset: number): Promise<End> {
  const plain = endAt(bytes, at)
  const comment = bytes.subarray(at + END_SIZE, at + END_SIZE + plain.commentLength)
  if (comment.length < plain.commentLength)
    zip.report({ kind: 'zip-comment-cut', offset, bytes: comment.length, stated: plain.commentLength })
  checkComment(zip, comment, offset + END_SIZE)
  return checkDisks(zip, {
    ...(await withZip64(zip, plain, offset)),
    plain,
    at: offset,
    after: offset + END_SIZE + comment.length,
  })
}

/** The last end record, where it is further from the end of the file than Python looks. uv looks further. */
export async function findDistantEnd(zip: ZipState): Promise<End | undefined> {
  const { window } = zip
  const start = Math.max(0, window.size - 4 * REACH)
  const bytes = await window.load(start, window.size - start)
  // Nearer ones have been looked at: what is there is cut.
  const nearest = bytes.length - REACH - 1
  for (
    let at = nearest < 0 ? -1 : bytes.lastIndexOf(0x50, nearest);
    at >= 0;
    at = at === 0 ? -1 : bytes.lastIndexOf(0x50, at - 1)
  )
    if (signatureAt(bytes, at) === END) {
      const offset = start + at
      zip.report({ kind: 'zip-end-missing', offset, file: 'far', back: window.size - offset })
      return endOf(zip, bytes, at, offset)
    }
  return undefined
}

/** uv refuses a comment in which a record could begin. */
function checkComment(zip: ZipState, comment: Uint8Array, offset: number): void {
  const at = comment.findIndex(isRecordByte)
  const byte = comment[at]
  if (byte !== undefined) zip.report({ kind: 'zip-comment-binary', offset: offset + at, byte })
}

function checkDisks(zip: ZipState, end: End): End {
  const disk = Math.max(end.disk, end.centralDisk)
  // Two numbers that differ are no zip file to Python.
  const differ = end.disk !== end.centralDisk
  if (disk > 0) zip.report({ kind: 'zip-disk-number', offset: end.at, disk, differ })
  if (end.diskEntries !== end.entries)
    zip.report({ kind: 'zip-count-mismatch', offset: end.at, count: end.diskEntries, stated: end.entries })
  const { diskEntries, entries } = end.plain
  if (end.directoryEnd < end.at && diskEntries !== entries && end.diskEntries === end.entries)
    zip.report({ kind: 'zip-count-mismatch', offset: end.at, count: diskEntries, stated: entries, replaced: true })
  return end
}

const FIELDS = [
  ['disk', ONES16],
  ['centralDisk', ONES16],
  ['diskEntries', ONES16],
  ['entries', ONES16],
  ['size', ONES32],
  ['offset', ONES32],
] as const

/** The end record's values, replaced by the zip64 ones where there are such. */
async function withZip64(
  zip: ZipState,
  plain: EndRecord,
  endOffset: number,
): Promise<EndRecord & { readonly directoryEnd: number }> {
  const { window } = zip
  const needed = plain.entries === ONES16 || plain.size === ONES32 || plain.offset === ONES32
  const around = await window.load(Math.max(0, endOffset - LOCATOR_SIZE), LOCATOR_SIZE)
  if (around.length < LOCATOR_SIZE || u32(around, 0) !== LOCATOR) {
    if (needed && plain.entries !== ONES16)
      zip.report({ kind: 'zip64-locator', offset: endOffset, stated: undefined, actual: undefined })
    return { ...plain, directoryEnd: endOffset }
  }
  const stated = u64(around, 8)
  const locator = endOffset - LOCATOR_SIZE
  const [disk, disks] = [u32(around, 4), u32(around, 16)]
  if (disk !== 0 || disks > 1) zip.report({ kind: 'zip64-locator-disk', offset: locator, disk, disks })
  // zipfile takes the 56 bytes in front of the locator; the locator itself may say otherwise.
  let at = -1
  for (const candidate of [locator - END64_SIZE, stated])
    if (at < 0 && candidate >= 0 && candidate + END64_SIZE <= locator) {
      const bytes = await window.load(candidate, 4)
      if (signatureAt(bytes, 0) === END64) at = candidate
    }
  if (at < 0) {
    zip.report({ kind: 'zip64-locator', offset: locator, stated, actual: undefined })
    return { ...plain, directoryEnd: locator }
  }
  const record = end64At(await window.load(at, END64_SIZE), 0)
  if (record.recordSize !== END64_SIZE - 12)
    zip.report({
      kind: 'zip64-extensible-data',
      offset: at,
      bytes: record.recordSize,
      expected: END64_SIZE - 12,
    })
  const after = at + 12 + record.recordSize
  if (after < locator) zip.report({ kind: 'zip-gap', offset: after, bytes: locator - after })
  if (stated !== at && stated + shiftOf(record, at) !== at)
    zip.report({ kind: 'zip64-locator', offset: locator, stated, actual: at })
  for (const [field, ones] of FIELDS)
    if (plain[field] !== ones && plain[field] !== record[field])
      zip.report({
        kind: 'zip64-end-contradiction',
        offset: at,
        field,
        zip64: record[field],
        plain: plain[field],
      })
  return { ...record, directoryEnd: at }
}

/** Bytes in front of the archive that its offsets do not count. */
const shiftOf = (end: EndRecord, directoryEnd: number): number => directoryEnd - end.size - end.offset

/** Where the directory begins, and what to add to the stated offsets. */
export interface Directory {
  readonly start: number
  readonly shift: number
}

/** The directory as zipfile finds it, by its size before the end record; else where the end record says. */
export async function findDirectory(zip: ZipState, end: End): Promise<Directory | undefined> {
  const bySize = end.directoryEnd - end.size
  if (await isDirectory(zip, bySize)) return { start: bySize, shift: bySize - end.offset }
  if (await isDirectory(zip, end.offset)) return { start: end.offset, shift: 0 }
  if (end.entries === 0 && end.size === 0) return { start: end.directoryEnd, shift: 0 }
  return undefined
}

async function isDirectory(zip: ZipState, at: number): Promise<boolean> {
  return at >= 0 && at + 4 <= zip.window.size && signatureAt(await zip.window.load(at, 4), 0) === CENTRAL
}
