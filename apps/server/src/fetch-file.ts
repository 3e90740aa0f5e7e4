import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AuditFailure } from './engine/pool.ts'

const PREFIX = 'distaudit-server-'

/** A folder of this process alone. Those that a process which was killed left behind are removed. */
export function scratch(): { readonly folder: string; remove(): void } {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true })
  }
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

let count = 0

export class TooLarge extends Error {}

/** What a client is told: a status, a sentence, and when to ask again. */
export class Refusal extends Error {
  readonly status: number
  readonly retryAfter: number | undefined

  constructor(status: number, message: string, retryAfter?: number) {
    super(message)
    this.status = status
    this.retryAfter = retryAfter
  }
}

/**
 * Writes a stream into a new file of `folder`, which is removed again when that fails.
 * @throws TooLarge above `most` bytes.
 */
export async function save(
  stream: AsyncIterable<Uint8Array>,
  folder: string,
  most: number,
  onBytes?: (bytes: number) => void,
): Promise<{ readonly path: string; readonly size: number; readonly sha256: string }> {
  const path = join(folder, String(count++))
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > most) throw new TooLarge(`The file has more than ${most} bytes.`)
      hash.update(chunk)
      await file.write(chunk)
      onBytes?.(size)
    }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return { path, size, sha256: hash.digest('hex') }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const MOST_REDIRECTS = 10

export interface DownloadOptions {
  readonly stallSeconds?: number
  readonly onBytes?: (bytes: number) => void
  /** Looks at each address before it is asked, also at those that redirects lead to, and throws what is wrong with it. */
  readonly check?: (url: URL) => void
  readonly signal?: AbortSignal
}

/** Downloads a file into `folder`. A connection that gives nothing for `stallSeconds` has ended. */
export async function download(
  address: string,
  folder: string,
  most: number,
  { stallSeconds = 30, onBytes, check, signal }: DownloadOptions = {},
) {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), stallSeconds * 1000)
  const ended = signal ? AbortSignal.any([abort.signal, signal]) : abort.signal
  const ask = async (start: URL): Promise<Response> => {
    let url = start
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      check?.(url)
      const response = await fetch(url, {
        signal: ended,
        redirect: 'manual',
        headers: { 'accept-encoding': 'identity' },
      })
      const location = response.headers.get('location')
      if (!REDIRECTS.has(response.status) || location === null) return response
      await response.body?.cancel()
      if (!URL.canParse(location, url.href))
        throw new AuditFailure('The server redirects to something that is not an address.')
      url = new URL(location, url)
    }
    throw new AuditFailure(`The server redirects more than ${MOST_REDIRECTS} times.`)
  }
  try {
    const response = await ask(new URL(address))
    if (!response.ok) throw new AuditFailure(`The server answered with status ${response.status}.`)
    if (!response.body) throw new AuditFailure('The server sent no file.')
    return await save(response.body, folder, most, bytes => {
      timer.refresh()
      onBytes?.(bytes)
    })
  } catch (error) {
    if (error instanceof AuditFailure || error instanceof TooLarge || error instanceof Refusal) throw error
    if (abort.signal.aborted) throw new AuditFailure(`The server sent nothing for ${stallSeconds} seconds.`)
    const { cause } = error as { cause?: unknown }
    throw new AuditFailure(
      `The file could not be downloaded: ${cause instanceof Error ? cause.message : (error as Error).message}.`,
    )
  } finally {
    clearTimeout(timer)
  }
}
