import type { ByteSource } from 'distaudit/browser'

/** A file that cannot be opened by its address; the message is for people. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

export interface Address {
  readonly url: URL
  readonly filename: string
  /** As PyPI writes it behind the address: `#sha256=…`. */
  readonly sha256: string | undefined
}

/**
 * Reads the address of a file.
 * @throws AddressError for one that the page may not open.
 */
export function readAddress(text: string, own: string, origins: readonly string[]): Address {
  const url = URL.parse(text.trim())
  if (!url || !/^https?:$/.test(url.protocol))
    throw new AddressError(`'${shortened(text)}' is not the address of a file (expected https://…/name.whl).`)
  if (url.origin !== own && !origins.includes(url.origin))
    throw new AddressError(
      `This page does not open files from ${url.origin}. It opens files from ${[...origins, 'its own server'].join(' and ')}.`,
    )
  if (url.username !== '' || url.password !== '')
    throw new AddressError('The address contains a user name or a password, which this page does not send.')
  const filename = decoded(url.pathname.slice(url.pathname.lastIndexOf('/') + 1))
  if (filename === '') throw new AddressError(`'${shortened(text)}' does not end with the name of a file.`)
  const sha256 = /^#sha256=([0-9a-f]{64})$/i.exec(url.hash)?.[1]?.toLowerCase()
  url.hash = ''
  return { url, filename, sha256 }
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text)

function decoded(text: string): string {
  try {
    // A name has no folders.
    return decodeURIComponent(text).replaceAll(/[/\\]/g, '_')
  } catch {
    return text
  }
}

/** Bytes that are asked for at once. */
const CHUNK = 4 * 1024 * 1024
/** Larger files are not read: as the limit for an archive has it. */
const MOST = 8 * 1024 * 1024 * 1024

const REQUEST: RequestInit = {
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  redirect: 'error',
  cache: 'no-store',
}

/**
 * The bytes of a file by its address: part by part as they are read, where the server answers so, else all at once. Each is asked
 * for once and kept outside of the memory of the page. `onBytes`: how many have come, and of how many.
 */
export async function remoteSource(url: URL, onBytes: (done: number, of: number) => void): Promise<ByteSource> {
  const head = await ask(url, { method: 'HEAD' })
  const size = head.ok ? Number(head.headers.get('content-length') ?? Number.NaN) : Number.NaN
  // A server that does not know HEAD may still have the file.
  if (!head.ok && head.status !== 405 && head.status !== 501) throw refused(url, head)
  if (size > MOST) throw new AddressError(`${url.hostname}: the file is larger than 8 GB.`)
  // One that compresses on its way says another size, and gives no parts.
  if (!Number.isSafeInteger(size) || size < 1) return whole(url, undefined, onBytes)
  const first = await ask(url, { headers: { range: `bytes=0-${Math.min(CHUNK, size) - 1}` } })
  if (!first.ok) throw refused(url, first)
  if (first.status !== 206) return whole(url, first, onBytes)
  return inParts(url, size, await first.blob(), onBytes)
}

function inParts(url: URL, size: number, first: Blob, onBytes: (done: number, of: number) => void): ByteSource {
  let done = 0
  const came = (blob: Blob, expected: number) => {
    if (blob.size !== expected)
      throw new Error(`${url.hostname} returned ${blob.size} bytes where ${expected} were asked for`)
    done += blob.size
    onBytes(done, size)
    return blob
  }
  const lengthAt = (index: number) => Math.min(CHUNK, size - index * CHUNK)
  const chunks = new Map<number, Promise<Blob>>([[0, Promise.resolve(came(first, lengthAt(0)))]])
  const load = async (index: number): Promise<Blob> => {
    const from = index * CHUNK
    const response = await ask(url, { headers: { range: `bytes=${from}-${from + lengthAt(index) - 1}` } })
    if (response.status !== 206) throw refused(url, response)
    return came(await response.blob(), lengthAt(index))
  }
  const chunk = (index: number): Promise<Blob> => {
    let blob = chunks.get(index)
    if (!blob) {
      blob = load(index)
      // Also awaited later, or never: it is read ahead.
      blob.catch(() => {})
      chunks.set(index, blob)
    }
    return blob
  }
  return {
    size,
    async read(offset, length) {
      const end = Math.min(size, offset + length)
      if (end <= offset) return new Uint8Array(0)
      const from = Math.floor(offset / CHUNK)
      const last = Math.floor((end - 1) / CHUNK)
      const wanted = Array.from({ length: last - from + 1 }, (_, index) => chunk(from + index))
      if ((last + 1) * CHUNK < size) void chunk(last + 1)
      const bytes = new Blob(await Promise.all(wanted)).slice(offset - from * CHUNK, end - from * CHUNK)
      return new Uint8Array(await bytes.arrayBuffer())
    },
  }
}

async function whole(
  url: URL,
  begun: Response | undefined,
  onBytes: (done: number, of: number) => void,
): Promise<ByteSource> {
  const response = begun ?? (await ask(url, {}))
  if (!response.ok || !response.body) throw refused(url, response)
  const of = Number(response.headers.get('content-length') ?? 0)
  const parts: Blob[] = []
  let kept: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  let held = 0
  const flush = () => {
    parts.push(new Blob(kept))
    kept = []
    held = 0
  }
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read()
    if (done) break
    kept.push(value)
    held += value.length
    size += value.length
    if (size > MOST) {
      await reader.cancel()
      throw new AddressError(`${url.hostname}: the file is larger than 8 GB.`)
    }
    onBytes(size, Math.max(of, size))
    if (held > CHUNK) flush()
  }
  flush()
  const all = new Blob(parts)
  return {
    size: all.size,
    read: async (offset, length) => new Uint8Array(await all.slice(offset, offset + length).arrayBuffer()),
  }
}

/** A browser does not tell a page whether a server did not answer or does not let the page read it. */
async function ask(url: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...REQUEST, ...request })
  } catch {
    throw new AddressError(
      `${url.hostname} does not answer, redirects, or does not let this page read the file (CORS). Download the file and drop it here.`,
    )
  }
}

const refused = (url: URL, { status }: Response) =>
  new AddressError(`${url.hostname} answered ${status}${status === 404 ? ': there is no such file' : ''}.`)
