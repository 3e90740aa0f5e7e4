import {
  crc32,
  type Hash,
  hashNamed,
  inflateRaw,
  inflateRawAtOnce,
  inflateRawStart,
  sha256,
  sha256Of,
} from '../runtime.js'
import type { Consumer, Interest, Member, MemberHeader } from './archive.js'
import type { Whole } from './inflater.js'
import { DEFLATE_RATIO, MOST_NAMES } from './limits.js'
import type { Problem } from './problem.js'
import { toMember } from './to-member.js'
import { decodeUtf8 } from './zip-extra.js'
import { ENCRYPTED, STRONG } from './zip-records.js'
import type { Entry, ZipState } from './zip-state.js'

/** Content up to this size is inflated in one call, which is quicker than a stream; measured in bench/. */
const AT_ONCE = 1024 * 1024
const PIECE = 1024 * 1024
const LONGEST_LINK = 4096
/** Compressed bytes that are enough to tell what a member begins with. */
const START = 512

/** Inflated bytes that may still come out of this archive. */
export interface Budget {
  left: number
  /** Characters of link targets, which count as names. */
  links: number
}

const isLink = (mode: number): boolean => (mode & 0o170000) === 0o120000

export function headerOf(entry: Entry): MemberHeader {
  const { path, size, compressedSize, mode, offset } = entry
  // Readers go by the trailing slash alone, whatever the mode says.
  const type = path.endsWith('/') ? 'directory' : 'file'
  return { path, type, size, compressedSize, mode, mtime: secondsOf(entry.time), link: undefined, offset }
}

function secondsOf(dos: number): number | undefined {
  const date = dos >>> 16
  const [month, day] = [(date >>> 5) & 15, date & 31]
  if (month < 1 || month > 12 || day < 1) return undefined
  const time = Date.UTC(1980 + (date >>> 9), month - 1, day, (dos >>> 11) & 31, (dos >>> 5) & 63, (dos & 31) * 2)
  return time / 1000
}

/** What came out of one member. */
interface Content {
  readonly actualSize: number
  readonly sha256: string
  readonly digests: ReadonlyMap<string, string> | undefined
  readonly intact: boolean
}

const UNREAD: Content = { actualSize: 0, sha256: '', digests: undefined, intact: false }
const NOTHING: Content = { ...UNREAD, intact: true }

export const unread = (header: MemberHeader): Member => withContent(header, UNREAD)

/** A member that nobody asked for: as large as its header says. */
export const left = (header: MemberHeader): Member => toMember(header, header.size, '', undefined, false)

const withContent = (header: MemberHeader, { actualSize, sha256, digests, intact }: Content): Member =>
  toMember(header, actualSize, sha256, digests, intact)

/** Can the content be had at all? If not, a problem says so already. */
export function isReadable(entry: Entry): boolean {
  const { dataStart, barred, method, flags } = entry
  return dataStart >= 0 && !barred && (method === 0 || method === 8) && !(flags & (ENCRYPTED | STRONG))
}

/**
 * Reads one member. Returns it at once when its bytes are buffered and few: archives have thousands of small members. `whole`:
 * what another thread made of it.
 */
export function readMember(zip: ZipState, entry: Entry, budget: Budget, whole?: Whole): Member | Promise<Member> {
  const header = headerOf(entry)
  if (!isReadable(entry)) return skip(zip, header)
  const wanted = zip.options.interest(header)
  // zlib is not asked for what is empty, unless the member takes bytes all the same.
  if (header.type === 'directory' && entry.compressedSize === 0) return withContent(header, NOTHING)
  const target: Uint8Array[] | undefined = isLink(entry.mode) && isKept(zip, entry, budget) ? [] : undefined
  const interest = target ? { ...wanted, consumer: copying(target, wanted?.consumer) } : wanted
  const done = (content: Content) => withContent(target ? { ...header, link: textOf(target) } : header, content)
  const quick = whole && whole.output.length < budget.left ? whole : inflateAtOnce(zip, entry, budget)
  return quick ? done(given(quick, interest, budget)) : readStreaming(zip, entry, interest, budget).then(done)
}

function skip(zip: ZipState, header: MemberHeader): Member {
  zip.options.interest(header)
  return unread(header)
}

/** Is there room for the target of this link? */
function isKept(zip: ZipState, { path, offset, size }: Entry, budget: Budget): boolean {
  if (size > LONGEST_LINK) return false
  budget.links += size
  if (budget.links <= MOST_NAMES) return true
  if (budget.links - size <= MOST_NAMES) zip.report({ kind: 'limit-names', member: path, offset, limit: MOST_NAMES })
  return false
}

/** Keeps what goes by, for it is the target of a link. */
const copying = (kept: Uint8Array[], consumer: Consumer | undefined): Consumer => ({
  write(chunk, lasting) {
    kept.push(chunk.slice())
    consumer?.write(chunk, lasting)
  },
  end: intact => consumer?.end?.(intact),
})

function textOf(chunks: readonly Uint8Array[]): string {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return decodeUtf8(bytes) ?? new TextDecoder().decode(bytes)
}

/**
 * How zlib compresses nothing (packages are full of empty `__init__.py`), and what writers do that call an empty member
 * deflated and store no byte.
 */
const isEmpty = (raw: Uint8Array, size: number) =>
  size === 0 && (raw.length === 0 || (raw.length === 2 && raw[0] === 3 && raw[1] === 0))

/** The quick way; undefined when the member is large, not buffered, or not as its records say (the slow way tells how). */
function inflateAtOnce(zip: ZipState, entry: Entry, budget: Budget): Whole | undefined {
  const { size, compressedSize, method, crc, dataStart } = entry
  if (size > AT_ONCE || compressedSize > AT_ONCE || size >= budget.left) return undefined
  const raw = zip.window.peek(dataStart, compressedSize)
  if (!raw || raw.length < compressedSize) return undefined
  const inflated =
    method === 0
      ? { output: raw, consumed: compressedSize }
      : isEmpty(raw, size)
        ? { output: raw.subarray(0, 0), consumed: compressedSize }
        : inflateRawAtOnce(raw, size)
  if (!inflated || inflated.consumed < compressedSize) return undefined
  const { output } = inflated
  if (output.length !== size || crc32(output) !== crc) return undefined
  return { output, sha256: sha256Of(output), lasting: output !== raw }
}

/** Gives a member's content to who wants it. */
function given({ output, sha256, lasting }: Whole, interest: Interest | undefined, budget: Budget): Content {
  budget.left -= output.length
  offer(interest?.consumer, output, lasting)
  const digests = interest?.digests && digestsOf(interest.digests, output)
  for (let again = interest?.again?.(); again; again = interest?.again?.()) offer(again, output, lasting)
  return { actualSize: output.length, sha256, digests, intact: true }
}

function offer(consumer: Consumer | undefined, content: Uint8Array, lasting: boolean): void {
  if (!consumer) return
  if (content.length > 0) consumer.write(content, lasting)
  consumer.end?.(true)
}

function digestsOf(names: readonly string[], content: Uint8Array): ReadonlyMap<string, string> {
  const digests = new Map<string, string>()
  for (const name of names) {
    const hash = hashNamed(name)
    if (hash) digests.set(name, hash.update(content).digest('base64url'))
  }
  return digests
}

async function readStreaming(
  zip: ZipState,
  entry: Entry,
  interest: Interest | undefined,
  budget: Budget,
): Promise<Content> {
  const { size, path, offset } = entry
  const hash = sha256()
  const digests = new Map<string, Hash>()
  for (const name of interest?.digests ?? []) {
    const one = hashNamed(name)
    if (one) digests.set(name, one)
  }
  let sum = 0
  let count = 0
  let limit: 'limit-total-size' | 'limit-seconds' | undefined
  const isWhole = interest?.whole?.(await startOf(zip, entry)) === true
  const room = isWhole ? Math.min(size, entry.compressedSize * DEFLATE_RATIO) : undefined
  const pushed = (chunk: Uint8Array) => {
    if (count + chunk.length > size) {
      // What is beyond the stated size is not looked at: the difference is the finding.
      const rest = chunk.subarray(0, size - count)
      if (rest.length > 0) take(rest)
      count = size + 1
      return false
    }
    if (chunk.length > budget.left) limit = 'limit-total-size'
    else if (zip.late()) limit = 'limit-seconds'
    if (limit !== undefined) return false
    take(chunk)
    count += chunk.length
    budget.left -= chunk.length
    return true
  }
  const result = await pour(zip, entry, pushed, room)
  function take(chunk: Uint8Array): void {
    sum = crc32(chunk, sum)
    hash.update(chunk)
    for (const one of digests.values()) one.update(chunk)
    interest?.consumer?.write(chunk, isWhole)
  }
  let intact: boolean = limit === undefined
  if (limit === 'limit-total-size')
    zip.report({ kind: limit, member: path, offset, limit: zip.options.limits.totalSize })
  if (intact) intact = judge(entry, result, count, sum, zip.report)
  interest?.consumer?.end?.(intact)
  for (let again = interest?.again?.(); again && !zip.late(); again = interest?.again?.()) {
    const consumer = again
    let left = size
    await pour(zip, entry, chunk => {
      consumer.write(chunk.length > left ? chunk.subarray(0, left) : chunk)
      left -= chunk.length
      return left > 0 && !zip.late()
    })
    consumer.end?.(intact)
  }
  return {
    actualSize: Math.min(count, size),
    sha256: hash.digest('base64url'),
    digests: interest?.digests && new Map([...digests].map(([name, one]) => [name, one.digest('base64url')])),
    intact,
  }
}

type Poured = { readonly status: 'end' | 'cut' | 'broken' | 'stopped'; readonly consumed: number }

/**
 * Compares what came out with what the records say; true when it is the member's content for Python, which does not ask for
 * more than the stated bytes, nor for as many where their CRC-32 is the stated one.
 */
function judge(
  entry: Entry,
  { status, consumed }: Poured,
  count: number,
  sum: number,
  report: (problem: Problem) => void,
): boolean {
  const { path, offset, size, crc, compressedSize } = entry
  const place = { member: path, offset }
  const crcFits = sum === crc
  // What is wrong with it is said already; Python does not get to the end of a stream that the file cuts.
  if (entry.cut) return crcFits && status !== 'broken' && status !== 'cut'
  if (status === 'broken') report({ kind: 'zip-deflate-broken', ...place, bytes: count, stated: size })
  else if (status === 'cut') report({ kind: 'zip-deflate-cut', ...place, bytes: count, stated: size, crcFits })
  else if (count !== size)
    report({ kind: 'zip-size', ...place, bytes: count > size ? undefined : count, stated: size, crcFits })
  else if (sum !== crc) report({ kind: 'zip-crc', ...place, crc: sum, stated: crc })
  if (status === 'end' && consumed < compressedSize)
    report({ kind: 'zip-deflate-trailing', ...place, bytes: compressedSize - consumed })
  return crcFits && status !== 'broken'
}

/** The first bytes of a deflated member; empty where its stream is broken, and for another method. */
async function startOf(zip: ZipState, { dataStart, compressedSize, method }: Entry): Promise<Uint8Array> {
  const raw = await zip.window.load(dataStart, Math.min(START, compressedSize))
  return method === 8 ? inflateRawStart(raw) : raw.subarray(0, 0)
}

/**
 * Sends a member's content in chunks to `output`, for as long as that returns true. `room`: the chunks of a deflated member
 * lie in one buffer of that many bytes.
 */
async function pour(
  zip: ZipState,
  entry: Entry,
  output: (chunk: Uint8Array) => boolean,
  room?: number,
): Promise<Poured> {
  const { window } = zip
  const { dataStart, method, compressedSize } = entry
  const end = Math.min(window.size, dataStart + compressedSize)
  let at = dataStart
  const input = async (): Promise<Uint8Array | undefined> => {
    if (at >= end) return undefined
    const chunk = await window.pass(at, Math.min(PIECE, end - at))
    if (chunk.length === 0) return undefined
    at += chunk.length
    return chunk
  }
  if (method === 8) {
    const { stream } = zip.options.inflater ?? {}
    if (!stream || compressedSize <= AT_ONCE) return inflateRaw(input, output, room)
    let given = 0
    const counted = (chunk: Uint8Array) => {
      given += chunk.length
      return output(chunk)
    }
    const status = await stream(input, counted, room)
    if (status) return { status, consumed: compressedSize }
    at = dataStart
    return inflateRaw(input, without(given, output), room)
  }
  for (let chunk = await input(); chunk !== undefined; chunk = await input())
    if (!output(chunk)) return { status: 'stopped', consumed: at - dataStart }
  const missing = at < dataStart + compressedSize
  return { status: missing ? 'cut' : 'end', consumed: at - dataStart }
}

/** Leaves out so many bytes, which were given before. */
function without(given: number, output: (chunk: Uint8Array) => boolean): (chunk: Uint8Array) => boolean {
  let left = given
  return chunk => {
    const again = Math.min(left, chunk.length)
    left -= again
    return again === chunk.length || output(chunk.subarray(again))
  }
}
