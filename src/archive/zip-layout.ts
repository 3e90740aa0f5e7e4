import { MOST_NAMES } from './limits.js'
import { readDirectory } from './zip-directory.js'
import { type Directory, type End, findDirectory, findDistantEnd, findEnd } from './zip-end.js'
import { CENTRAL, END, END_SIZE, isPlain } from './zip-records.js'
import { type LocalFound, localFoundAt, scanRegion } from './zip-region.js'
import type { Entry, ZipState } from './zip-state.js'
import { walk } from './zip-walk.js'

/** Zeros behind the end record that uv takes for padding. */
const MOST_ZEROS = 4096
type SecondEnd = (at: number, commentLength: number) => void

interface Layout {
  /** In the order of the directory. */
  readonly entries: readonly Entry[]
  readonly end: End | undefined
}

/** The members of a zip, and where the content of each begins. */
export async function readLayout(zip: ZipState): Promise<Layout> {
  const near = await findEnd(zip)
  const begins = near !== undefined || (await beginsWithRecord(zip))
  const end = near ?? (begins ? await findDistantEnd(zip) : undefined)
  return { end, entries: end ? await readListed(zip, end) : await readWithoutEnd(zip, begins) }
}

async function beginsWithRecord({ window }: ZipState): Promise<boolean> {
  const first = await window.load(0, 4)
  return first.length === 4 && first[0] === 0x50 && first[1] === 0x4b
}

async function readListed(zip: ZipState, end: End): Promise<readonly Entry[]> {
  const { size } = zip.window
  // All of the directory will be read, where it is as large as it says.
  await zip.window.ahead([{ from: Math.max(0, end.directoryEnd - end.size), to: end.directoryEnd }])
  const directory = (await findDirectory(zip, end)) ?? (await searchDirectory(zip, end))
  if (!directory) {
    zip.report({ kind: 'zip-directory-missing', offset: end.at, stated: end.offset })
    return salvage(zip, end.directoryEnd)
  }
  const {
    entries,
    end: directoryEnd,
    count,
    complete,
  } = await readDirectory(zip, directory.start, end.directoryEnd, directory.shift)
  if (complete) checkEnd(zip, end, directory, directoryEnd, count)
  const secondEnd: SecondEnd = (at, commentLength) => reportSecondEnd(zip, at, commentLength, end)
  if (!zip.options.wants)
    await walk({
      zip,
      sorted: byOffset(entries),
      end: directory.start,
      complete,
      unlisted: unlisted(zip, entries),
      secondEnd,
    })
  if (complete && directoryEnd < end.directoryEnd)
    await scanRegion(zip, directoryEnd, end.directoryEnd, { local: unlisted(zip, entries), end: secondEnd })
  if (end.after < size) await scanTrailing(zip, end.after, secondEnd)
  return entries
}

function reportSecondEnd(zip: ZipState, at: number, commentLength: number, end: End): void {
  const holds = at < end.at && at + END_SIZE + commentLength > end.at
  zip.report({ kind: holds ? 'zip-comment-holds-zip' : 'zip-second-end', offset: at, used: end.at })
}

async function scanTrailing(zip: ZipState, from: number, secondEnd: SecondEnd): Promise<void> {
  const bytes = zip.window.size - from
  const zeros = bytes <= MOST_ZEROS && (await zip.window.load(from, bytes)).every(byte => byte === 0)
  zip.report({ kind: 'zip-trailing-data', offset: from, bytes, zeros })
  // Only what matters besides: another end record. The rest is already named.
  const quiet: ZipState = { ...zip, report: () => {} }
  await scanRegion(quiet, from, zip.window.size, { end: secondEnd })
}

function checkEnd(zip: ZipState, end: End, directory: Directory, directoryEnd: number, count: number): void {
  const offset = end.at
  if (count !== end.entries) zip.report({ kind: 'zip-count-mismatch', offset, count, stated: end.entries })
  if (directory.start !== end.offset)
    zip.report({ kind: 'zip-directory-offset', offset, start: directory.start, stated: end.offset })
  const size = directoryEnd - directory.start
  if (size !== end.size) zip.report({ kind: 'zip-directory-size', offset, bytes: size, stated: end.size })
}

/** Entries in the order of their offsets; most archives have them so already. */
export function byOffset(entries: readonly Entry[]): readonly Entry[] {
  const ordered = entries.every((entry, i) => i === 0 || entry.offset >= (entries[i - 1]?.offset ?? 0))
  return ordered ? entries : [...entries].sort((a, b) => a.offset - b.offset)
}

function unlisted(zip: ZipState, entries: readonly Entry[]): (found: LocalFound) => void {
  let names: ReadonlySet<string> | undefined
  let count = 0
  return found => {
    count += 1
    const limit = zip.options.limits.members
    if (count === limit + 1) zip.report({ kind: 'limit-members', offset: found.at, limit })
    if (count > limit) return
    names ??= new Set(entries.map(entry => entry.path))
    const place = { member: found.path, offset: found.at }
    if (names.has(found.path)) zip.report({ kind: 'zip-duplicate-local', ...place, plain: isPlain(found) })
    else zip.report({ kind: 'zip-hidden-member', ...place, plain: isPlain(found) })
  }
}

/** Where local records end and central ones begin, seen from byte 0: for files whose end record says nothing true. */
async function searchDirectory(zip: ZipState, end: End): Promise<Directory | undefined> {
  const quiet: ZipState = { ...zip, report: () => {} }
  const stop = (signature: number) => signature === CENTRAL
  const start = await scanRegion(quiet, 0, end.directoryEnd, { stop })
  if (start >= end.directoryEnd) return undefined
  const { entries } = await readDirectory(quiet, start, end.directoryEnd, 0)
  const first = entries[0]
  const counted = first !== undefined && (await localFoundAt(zip, first.offset)) !== undefined
  return { start, shift: counted ? 0 : start - end.offset }
}

/** No end record: what the local records and as much as there is of a directory say. */
async function readWithoutEnd(zip: ZipState, begins: boolean): Promise<readonly Entry[]> {
  const { size } = zip.window
  zip.report({ kind: 'zip-end-missing', offset: size, file: size === 0 ? 'empty' : begins ? 'cut' : 'not-a-zip' })
  return begins ? salvage(zip, size) : []
}

async function salvage(zip: ZipState, size: number): Promise<readonly Entry[]> {
  const found: LocalFound[] = []
  let names = 0
  let over = false
  const local = (one: LocalFound) => {
    names += one.path.length
    const limit = zip.options.limits.members
    if (found.length < limit && names <= MOST_NAMES) found.push(one)
    else if (!over) zip.report({ kind: 'limit-members', offset: one.at, limit: found.length })
    over = found.length >= limit || names > MOST_NAMES
  }
  const stop = (signature: number) => signature === CENTRAL || signature === END
  const directoryStart = await scanRegion(zip, 0, size, { local, stop })
  const quiet: ZipState = { ...zip, report: () => {} }
  const listed = (await readDirectory(quiet, directoryStart, size, 0)).entries
  const offsets = new Set(listed.map(entry => entry.offset))
  const entries = [...listed, ...found.filter(({ at }) => !offsets.has(at)).map(entryOfLocal)]
  await walk({
    zip,
    sorted: byOffset(entries),
    end: directoryStart,
    complete: true,
    unlisted: () => {},
    secondEnd: () => {},
  })
  return entries
}

const entryOfLocal = ({ at, ...rest }: LocalFound): Entry => ({
  ...rest,
  at,
  stored: undefined,
  alias: undefined,
  mode: 0,
  offset: at,
  barred: false,
  cut: false,
  member: undefined,
  hidden: false,
})
