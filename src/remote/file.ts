import { MediumError } from '../source/medium-error.js'
import type { ByteRange, ByteSource } from '../source/source.js'
import { thousands } from '../wording.js'
import { shownUrl } from './address.js'
import { type Answer, type Client, statusText } from './http.js'

/** What is asked for is rounded to blocks, which are kept. */
const BLOCK = 16 * 1024
const MiB = 1024 * 1024
/** A larger file is not read: as the limit for what comes out of an archive has it. */
const MOST = 8 * 1024 * MiB
/** Bytes of one file that are kept in memory. */
const KEPT = 512 * MiB
/** The end of a zip: its end record, with the longest comment, in whole blocks wherever they begin. */
const TAIL = 6 * BLOCK
/** The beginning of a tar. */
const HEAD = 4 * BLOCK
/** Bytes of one request, and of the first ones of a row of them. */
const LARGEST = 8 * MiB
const FIRST_AHEAD = MiB / 4
/** It costs less to read what lies between two ranges than to ask twice. */
const NEAR = 4
/** What is asked for ahead is asked for whole up to this many bytes: a file may say that its directory is of any size. */
const MOST_AHEAD = 64 * MiB

export interface RemoteOptions {
  /** Of the file, as the index states it: spares a question. */
  readonly size?: number | undefined
  /** Where reading begins: a zip is read from its end. */
  readonly from: 'start' | 'end'
}

/** What says that two answers are of the same file. */
interface Identity {
  readonly size: number
  readonly etag: string | undefined
  readonly modified: string | undefined
}

/**
 * A file on a server, read by ranges; from a server that does not have them, as one stream that is kept in memory.
 * @throws MediumError when it cannot be had.
 */
export async function remoteSource(client: Client, url: URL, options: RemoteOptions): Promise<ByteSource> {
  const answer = await firstAnswer(client, url, options)
  if (answer.status === 206) return rangeSource(client, url, answer)
  if (answer.status === 200) return notPage(await streamSource(client, url, answer), answer)
  answer.cancel()
  throw new MediumError(`${shownUrl(answer.url)} answers ${statusText(answer.status)}`)
}

/** A page for people, such as one to log in at, in place of the file. */
async function notPage(source: ByteSource, { headers, url }: Answer): Promise<ByteSource> {
  if (!/^text\/html\b/i.test(headers['content-type'] ?? '')) return source
  const [first] = await source.read(0, 1)
  // A server may call any file so: zip and gzip begin otherwise.
  if (first === 0x50 || first === 0x1f) return source
  await source.close?.()
  throw new MediumError(`${shownUrl(url)} answers with an HTML page, not with the file`)
}

async function firstAnswer(client: Client, url: URL, { size, from }: RemoteOptions): Promise<Answer> {
  const start = size === undefined ? undefined : blockStart(Math.max(0, size - TAIL))
  const wanted =
    from === 'start'
      ? `0-${HEAD - 1}`
      : start === undefined
        ? `-${TAIL}`
        : `${start}-${Math.max(start, (size ?? 0) - 1)}`
  let answer = await client.get(url, { range: `bytes=${wanted}` })
  // There is nothing at such a place: the file is shorter than it was said to be, or empty.
  if (answer.status === 416 && start !== undefined) {
    answer.cancel()
    answer = await client.get(url, { range: `bytes=-${TAIL}` })
  }
  if (isWithoutRange(answer)) {
    answer.cancel()
    return client.get(url)
  }
  const length = lengthOf(answer)
  // Some servers know ranges, but none that count from the end.
  const knows = answer.status === 200 && answer.headers['accept-ranges'] === 'bytes'
  if (!knows || !wanted.startsWith('-') || length === undefined || length <= LARGEST) return answer
  answer.cancel()
  return client.get(url, { range: `bytes=${blockStart(length - TAIL)}-` })
}

/** Statuses of servers that want no ranges, or none of such a file. */
const NO_RANGES: ReadonlySet<number> = new Set([400, 416, 501])

/** Does an answer say that the file cannot be had by ranges? A part of a file of unknown size is of no use. */
const isWithoutRange = ({ status, headers }: Answer): boolean =>
  NO_RANGES.has(status) || (status === 206 && /\/\s*\*\s*$/.test(headers['content-range'] ?? ''))

const blockStart = (at: number): number => at - (at % BLOCK)

function lengthOf({ headers }: Answer): number | undefined {
  const text = headers['content-length']
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined
}

function identityOf({ headers }: Answer, size: number): Identity {
  const { etag } = headers
  // Such a one says that the file means the same, not that it has the same bytes.
  return { size, etag: etag?.startsWith('W/') ? undefined : etag, modified: headers['last-modified'] }
}

interface Placed {
  readonly from: number
  readonly to: number
  readonly size: number
}

/** `bytes 0-99/1234` */
function contentRange({ headers, url }: Answer): Placed {
  const text = headers['content-range'] ?? ''
  const [, first, last, total] = /^bytes ([0-9]{1,15})-([0-9]{1,15})\/([0-9]{1,15})$/i.exec(text.trim()) ?? []
  const range = { from: Number(first), to: Number(last) + 1, size: Number(total) }
  if (first === undefined || range.to <= range.from || range.to > range.size)
    throw new MediumError(`${shownUrl(url)} sends a part of the file without saying which: Content-Range is '${text}'`)
  return range
}

async function rangeSource(client: Client, url: URL, first: Answer): Promise<ByteSource> {
  const blocks = new Map<number, Uint8Array>()
  const loading = new Map<number, Promise<void>>()
  const placed = contentRange(first)
  const identity = identityOf(first, placed.size)
  const { size } = identity
  if (size > MOST) {
    first.cancel()
    throw new MediumError(
      `${shownUrl(first.url)} says that the file has ${thousands(size)} bytes, and at most ${thousands(MOST)} are read`,
    )
  }
  let address = first.url
  let kept = 0
  let sequentialAt = -1
  let ahead = FIRST_AHEAD

  async function take(answer: Answer, { from, to }: ByteRange): Promise<void> {
    const chunks: Uint8Array[] = []
    let got = 0
    try {
      for await (const chunk of answer.body) {
        chunks.push(chunk)
        got += chunk.length
        if (got > to - from) break
      }
    } finally {
      answer.cancel()
    }
    if (got !== to - from)
      throw new MediumError(
        `${shownUrl(answer.url)} sends ${got > to - from ? 'more' : 'fewer'} bytes than the ${thousands(to - from)} that its Content-Range states`,
      )
    keep(Buffer.concat(chunks), from)
  }

  /** Whole blocks alone; the last one of the file may be shorter. */
  function keep(bytes: Uint8Array, from: number): void {
    for (let at = Math.ceil(from / BLOCK) * BLOCK; at < from + bytes.length; at += BLOCK) {
      const end = Math.min(at + BLOCK, size)
      if (end > from + bytes.length || blocks.has(at)) continue
      blocks.set(at, bytes.slice(at - from, end - from))
      kept += end - at
    }
    for (const [at, block] of blocks) {
      if (kept <= KEPT) break
      blocks.delete(at)
      kept -= block.length
    }
  }

  function checkSame(answer: Answer, other: Identity): void {
    const changes: readonly (readonly [string, unknown, unknown])[] = [
      ['size', identity.size, other.size],
      ['ETag', identity.etag, other.etag],
      ['Last-Modified', identity.modified, other.modified],
    ]
    for (const [what, before, after] of changes)
      if (before !== after) {
        answer.cancel()
        throw new MediumError(
          `the file changed on the server while it was read: its ${what} was ${before ?? 'not there'} and is now ${after ?? 'not there'}`,
        )
      }
  }

  async function ask(range: ByteRange): Promise<Answer> {
    const headers = {
      range: `bytes=${range.from}-${range.to - 1}`,
      ...(identity.etag !== undefined && { 'if-range': identity.etag }),
    }
    const answer = await client.get(address, headers)
    // An address that a redirect gave may hold for a short time only.
    if (answer.status < 400 || address.href === url.href) return answer
    answer.cancel()
    const again = await client.get(url, headers)
    address = again.url
    return again
  }

  const TRIES = 3
  async function fetchRange(range: ByteRange): Promise<void> {
    for (let tries = 1; ; tries++) {
      const answer = await ask(range)
      if (answer.status === 200) {
        checkSame(answer, identityOf(answer, lengthOf(answer) ?? size))
        answer.cancel()
        throw new MediumError(
          'the file changed on the server while it was read: it no longer answers with a part of it',
        )
      }
      if (answer.status !== 206) {
        answer.cancel()
        if (answer.status === 416)
          throw new MediumError('the file changed on the server while it was read: it is shorter now')
        throw new MediumError(`${shownUrl(answer.url)} answers ${statusText(answer.status)}`)
      }
      const part = contentRange(answer)
      checkSame(answer, identityOf(answer, part.size))
      if (part.from !== range.from || part.to > range.to) {
        answer.cancel()
        throw new MediumError(
          `${shownUrl(answer.url)} sends the bytes from ${thousands(part.from)} to ${thousands(part.to)} where those from ${thousands(range.from)} to ${thousands(range.to)} were asked for`,
        )
      }
      try {
        return await take(answer, part)
      } catch (error) {
        // What breaks off is asked for again.
        if (tries === TRIES) throw error
      }
    }
  }

  /** The runs of blocks of a range that are not there and not under way. */
  function missing({ from, to }: ByteRange, near: number): readonly ByteRange[] {
    const runs: { from: number; to: number }[] = []
    for (let at = blockStart(from); at < to; at += BLOCK) {
      if (blocks.has(at) || loading.has(at)) continue
      const last = runs.at(-1)
      const end = Math.min(at + BLOCK, size)
      if (last && at - last.to <= near * BLOCK && end - last.from <= LARGEST) last.to = end
      else runs.push({ from: at, to: end })
    }
    return runs
  }

  function start(run: ByteRange): Promise<void> {
    const own: number[] = []
    const done = fetchRange(run).finally(() => {
      for (const at of own) loading.delete(at)
    })
    for (let at = run.from; at < run.to; at += BLOCK)
      if (!loading.has(at)) {
        own.push(at)
        loading.set(at, done)
      }
    return done
  }

  async function ensure(range: ByteRange, near: number): Promise<void> {
    const waits = new Set(missing(range, near).map(start))
    for (let at = blockStart(range.from); at < range.to; at += BLOCK) {
      const under = loading.get(at)
      if (under) waits.add(under)
    }
    await Promise.all(waits)
  }

  // What is missing then is asked for when it is needed. A server may say that it sends more than anybody wants.
  if (placed.to - placed.from > LARGEST) first.cancel()
  else await take(first, placed).catch(() => {})

  return {
    size,
    async read(offset, length) {
      const to = Math.min(size, offset + length)
      if (to <= offset) return new Uint8Array(0)
      // A reader that goes on where it ended will do so again.
      const isNext = offset === sequentialAt
      ahead = isNext ? Math.min(LARGEST, ahead * 2) : Math.max(FIRST_AHEAD, ahead / 2)
      sequentialAt = to
      const range = { from: offset, to }
      for (let tries = 0; missing(range, 0).length > 0 || isLoading(range); tries++) {
        // Some servers send less than they are asked for, but they must get on.
        if (tries > (to - offset) / BLOCK + 1)
          throw new MediumError(`${shownUrl(url)} does not send what it is asked for`)
        const wanted = isNext && tries === 0 ? Math.min(size, Math.max(to, offset + ahead)) : to
        await ensure({ from: offset, to: wanted }, NEAR)
      }
      const bytes = new Uint8Array(to - offset)
      for (let at = blockStart(offset); at < to; at += BLOCK) {
        const block = blocks.get(at) ?? new Uint8Array(0)
        const begin = Math.max(0, offset - at)
        bytes.set(block.subarray(begin, Math.min(block.length, to - at)), at + begin - offset)
      }
      return bytes
    },
    async ahead(ranges) {
      const sorted = ranges
        .map(({ from, to }) => ({ from: blockStart(Math.max(0, from)), to: Math.min(size, to) }))
        .filter(({ from, to }) => to > from)
        .sort((a, b) => a.from - b.from)
      const merged: { from: number; to: number }[] = []
      for (const range of sorted) {
        const last = merged.at(-1)
        if (last && range.from - last.to <= NEAR * BLOCK) last.to = Math.max(last.to, range.to)
        else merged.push({ ...range })
      }
      let left = MOST_AHEAD
      const wanted = merged.filter(({ from, to }) => {
        left -= to - from
        return left >= 0
      })
      await Promise.all(wanted.map(range => ensure(range, NEAR)))
    },
    async close() {
      blocks.clear()
    },
  }

  function isLoading({ from, to }: ByteRange): boolean {
    for (let at = blockStart(from); at < to; at += BLOCK) if (loading.has(at)) return true
    return false
  }
}

/** All of it in one stream, read as far as is asked for. */
async function streamSource(client: Client, url: URL, first: Answer): Promise<ByteSource> {
  const stated = lengthOf(first)
  const tooLarge = () =>
    new MediumError(
      `the server does not send parts of files, and the file has more than the ${thousands(KEPT)} bytes that are kept in memory`,
    )
  if (stated !== undefined && stated > KEPT) {
    first.cancel()
    throw tooLarge()
  }
  const identity = identityOf(first, stated ?? -1)
  let bytes = new Uint8Array(stated ?? MiB)
  let have = 0
  let answer = first
  let chunks = first.body[Symbol.asyncIterator]()
  let isOver = false
  let tries = 1

  /** Begins anew, behind what is there. */
  async function restart(error: unknown): Promise<void> {
    if (tries++ === 3) throw error
    answer = await client.get(url)
    const other = identityOf(answer, lengthOf(answer) ?? -1)
    if (answer.status !== 200 || JSON.stringify(other) !== JSON.stringify(identity)) {
      answer.cancel()
      throw new MediumError('the file changed on the server while it was read')
    }
    chunks = answer.body[Symbol.asyncIterator]()
    let skip = have
    while (skip > 0) {
      const { value, done } = await chunks.next()
      if (done) throw error
      if (value.length > skip) add(value.subarray(skip))
      skip = Math.max(0, skip - value.length)
    }
  }

  function add(chunk: Uint8Array): void {
    if (have + chunk.length > (stated ?? KEPT)) throw tooLarge()
    if (have + chunk.length > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, have + chunk.length))
      larger.set(bytes.subarray(0, have))
      bytes = larger
    }
    bytes.set(chunk, have)
    have += chunk.length
  }

  let pulling: Promise<void> = Promise.resolve()
  const until = (to: number): Promise<void> => {
    pulling = pulling.then(async () => {
      while (have < to && !isOver) {
        try {
          const { value, done } = await chunks.next()
          if (done) isOver = true
          else add(value)
        } catch (error) {
          await restart(error)
        }
      }
    })
    return pulling
  }
  // The size must be known.
  if (stated === undefined) await until(Number.POSITIVE_INFINITY)
  const size = stated ?? have
  return {
    size,
    async read(offset, length) {
      const to = Math.min(size, offset + length)
      await until(to)
      return bytes.slice(offset, Math.min(to, have))
    },
    // Nothing is nearer than what comes next.
    ahead: async () => {},
    async close() {
      answer.cancel()
    },
  }
}
