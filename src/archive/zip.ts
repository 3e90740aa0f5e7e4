import type { ByteSource } from '../source/source.js'
import { windowOver } from '../source/window.js'
import type { Archive, Member, ReadOptions } from './archive.js'
import { type Budget, headerOf, readMember, unread } from './zip-content.js'
import { byOffset, readLayout } from './zip-layout.js'
import { type Entry, type ZipState, zipState } from './zip-state.js'

/**
 * Reads a zip: walks its records from byte 0 beside the central directory, and inflates each member once, in the order of the
 * file. What the bytes do wrong becomes a problem, and whatever else can be read is. Rejects only when the source does.
 */
export async function readZip(source: ByteSource, options: ReadOptions): Promise<Archive> {
  const zip = zipState(windowOver(source), options)
  if (await isTar(zip)) zip.report({ kind: 'zip-also-tar', offset: 0 })
  const entries = (await readLayout(zip)).filter(entry => !entry.hidden)
  await readMembers(zip, entries)
  const members = entries.map(entry => entry.member ?? unread(headerOf(entry)))
  reportDuplicates(zip, members)
  return { format: 'zip', members, problems: zip.problems }
}

/** Bytes of a large member that are fetched before it is read. */
const READ_AHEAD = 1024 * 1024

async function readMembers(zip: ZipState, entries: readonly Entry[]): Promise<void> {
  const { first, limits } = zip.options
  const budget: Budget = { left: limits.totalSize, links: 0 }
  const ordered = byOffset(entries)
  const early = first ? ordered.filter(entry => first(headerOf(entry))) : []
  for (const entry of [...early, ...ordered]) {
    if (entry.member) continue
    if (zip.late()) break
    const { dataStart, compressedSize } = entry
    if (dataStart >= 0 && !zip.window.peek(dataStart, compressedSize))
      await zip.window.load(dataStart, Math.min(compressedSize, READ_AHEAD))
    const member = readMember(zip, entry, budget)
    entry.member = member instanceof Promise ? await member : member
  }
}

/** Names that several central records have, with what that means for their content. */
function reportDuplicates(zip: ZipState, members: readonly Member[]): void {
  const seen = new Map<string, Member>()
  for (const member of members) {
    const { path, offset, sha256, intact } = member
    const earlier = seen.get(path)
    if (!earlier) {
      seen.set(path, member)
      continue
    }
    const known = intact && earlier.intact
    const content = known ? (earlier.sha256 === sha256 ? 'same' : 'other') : 'unknown'
    zip.report({ kind: 'zip-duplicate-name', member: path, offset, content })
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
