import { turn } from '../runtime.js'
import type { ByteRange, ByteSource } from '../source/source.js'
import { windowOver } from '../source/window.js'
import type { Archive, Member, MemberHeader, ReadOptions } from './archive.js'
import { landing } from './landing.js'
import { DEFLATE_RATIO } from './limits.js'
import type { ProblemKind } from './problem.js'
import { inflateAhead } from './zip-ahead.js'
import { type Budget, headerOf, left, readMember, unread } from './zip-content.js'
import { reportUnreadable } from './zip-directory.js'
import { byOffset, readLayout } from './zip-layout.js'
import { LOCAL_SIZE } from './zip-records.js'
import { type Entry, type ZipState, zipState } from './zip-state.js'
import { stopsOf } from './zip-stops.js'
import { locate } from './zip-walk.js'

/**
 * Reads a zip: walks its records from byte 0 next to the central directory, and inflates each member once, in the order of the
 * file, or the large ones last where another thread inflates them. What the bytes do wrong becomes a problem, and whatever else
 * can be read is. Rejects only when the source does.
 */
export async function readZip(source: ByteSource, options: ReadOptions): Promise<Archive> {
  const zip = zipState(windowOver(source), options)
  if (options.wants) return readPart(zip, options.wants)
  if (await isTar(zip)) zip.report({ kind: 'zip-also-tar', offset: 0 })
  const { entries: all, end } = await readLayout(zip)
  const entries = all.filter(entry => !entry.hidden)
  reportUnreadable(zip, all)
  await readMembers(zip, entries, source)
  const members = entries.map(entry => entry.member ?? unread(headerOf(entry)))
  reportDuplicates(zip, members)
  if (zip.problems.length === 0) return { format: 'zip', members, problems: [] }
  const stops = await stopsOf(zip, end, all)
  const told = zip.problems.some(({ kind }) => OF_END.has(kind))
  if (end && !told && (stops.olderPython || stops.newerPython))
    zip.report({ kind: 'zip-directory-refused', offset: end.at })
  return { format: 'zip', members, problems: zip.problems, stops }
}

/** The directory, and the members that are wanted: their bytes are asked for together. */
async function readPart(zip: ZipState, wants: (header: MemberHeader) => boolean): Promise<Archive> {
  const { entries: all } = await readLayout(zip)
  const entries = all.filter(entry => !entry.hidden)
  reportUnreadable(zip, all)
  const wanted = byOffset(entries.filter(entry => wants(headerOf(entry))))
  await zip.window.ahead([{ from: 0, to: TAR_BLOCK }, ...wanted.map(rangeOf)])
  if (await isTar(zip)) zip.report({ kind: 'zip-also-tar', offset: 0 })
  for (const entry of wanted) if (entry.dataStart < 0) await locate(zip, entry)
  await readMembers(zip, wanted)
  const members = entries.map(entry => entry.member ?? left(headerOf(entry)))
  reportDuplicates(zip, members)
  return { format: 'zip', members, problems: zip.problems, partial: true }
}

/** Bytes that the extra fields of a local record rarely exceed, and those of a data descriptor. */
const RECORD_ROOM = 256

/** Where a member lies, as far as its central record tells. */
const rangeOf = ({ offset, path, name, compressedSize }: Entry): ByteRange => ({
  from: offset,
  to: offset + LOCAL_SIZE + (name?.length ?? path.length) + compressedSize + RECORD_ROOM,
})

/** Problems that say why Python does not find the directory, where it does not. */
const OF_END: ReadonlySet<ProblemKind> = new Set([
  'zip-count-mismatch',
  'zip-directory-cut',
  'zip-directory-missing',
  'zip-directory-offset',
  'zip-directory-size',
  'zip-end-missing',
  'zip64-end-contradiction',
  'zip64-extensible-data',
  'zip64-locator',
  'zip64-locator-disk',
])

/** Inflated bytes of members that overlap others, together. */
const MOST_TWICE = 64 * 1024 * 1024

/** Bytes of a large member that are fetched before it is read. */
const READ_AHEAD = 1024 * 1024

/** `source`: read all of it, with the help of another thread. */
async function readMembers(zip: ZipState, entries: readonly Entry[], source?: ByteSource): Promise<void> {
  const { first = [], limits, inflater, meanwhile = () => false } = zip.options
  const budget: Budget = { left: limits.totalSize, links: 0 }
  // Members that lie in one another could cost hours.
  const twice = { packed: zip.window.size, inflated: MOST_TWICE }
  const ordered = byOffset(entries)
  const early = new Set(first.flatMap(isFirst => ordered.filter(entry => isFirst(headerOf(entry)))))
  const later = ordered.filter(entry => !early.has(entry))
  const ahead = inflater && source && inflateAhead(zip, source, later, inflater)
  for (const entry of [...early, ...(ahead?.order ?? later)]) {
    if (zip.late()) break
    const { dataStart, compressedSize } = entry
    const taken = ahead?.take(entry)
    const whole = taken && (await waitFor(taken, meanwhile))
    if (!whole && dataStart >= 0 && !zip.window.peek(dataStart, compressedSize))
      await zip.window.load(dataStart, Math.min(compressedSize, READ_AHEAD))
    if (entry.barred && entry.dataStart >= 0) {
      const packed = Math.min(compressedSize, zip.window.size - dataStart)
      const inflated = Math.min(entry.size, entry.method === 8 ? packed * DEFLATE_RATIO : packed)
      if (packed <= twice.packed && inflated <= twice.inflated) {
        entry.barred = false
        twice.packed -= packed
        twice.inflated -= inflated
      }
    }
    const member = readMember(zip, entry, budget, whole)
    entry.member = member instanceof Promise ? await waitFor(member, meanwhile) : member
    if (entry.cut)
      zip.report({
        kind: 'zip-content-cut',
        member: entry.path,
        offset: entry.offset,
        whole: entry.member.intact || entry.barred,
      })
  }
}

/** Works until what is waited for is there. */
async function waitFor<T>(wanted: Promise<T>, work: () => boolean): Promise<T> {
  let isThere = false
  const noted = wanted.finally(() => {
    isThere = true
  })
  while (!isThere && work()) await turn()
  return noted
}

/** Names that several central records have, or that lead to the same file, with what that means for their content. */
function reportDuplicates(zip: ZipState, members: readonly Member[]): void {
  const seen = new Map<string, Member>()
  const spelled = new Map<string, Member>()
  for (const member of members) {
    const { path, offset, sha256, intact, mode } = member
    const place = landing(path) ?? path
    const first = seen.get(place)
    if (!first) {
      seen.set(place, member)
      continue
    }
    const earlier = first.path === path ? first : (spelled.get(path) ?? first)
    if (earlier.path !== path) spelled.set(path, member)
    const known = intact && earlier.intact
    const other = earlier.path === path ? undefined : earlier.path
    // A directory that is there, and a file of that name, are what another rule looks at.
    if (other !== undefined && other.endsWith('/') !== path.endsWith('/')) continue
    const content = known ? (earlier.sha256 === sha256 ? 'same' : 'other') : 'unknown'
    zip.report({ kind: 'zip-duplicate-name', member: path, offset, content, sameMode: mode === earlier.mode, other })
  }
}

const TAR_BLOCK = 512

/** A tar header has the sum of its own bytes in octal digits: chance does not make one. */
async function isTar(zip: ZipState): Promise<boolean> {
  const block = await zip.window.load(0, TAR_BLOCK)
  if (block.length < TAR_BLOCK) return false
  const stated = /^ *([0-7]{1,7})[ \0]/.exec(String.fromCharCode(...block.subarray(148, 156)))
  if (!stated) return false
  let sum = 0
  for (const [i, byte] of block.entries()) sum += i >= 148 && i < 156 ? 0x20 : byte
  return sum === Number.parseInt(stated[1] ?? '', 8)
}
