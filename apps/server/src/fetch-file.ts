import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MediumError, type Remote, UsageError } from 'distaudit/remote'
import { AuditFailure } from './engine/pool.ts'

const PREFIX = 'distaudit-server-'

/** A folder of this process alone. Those that a process which was killed left behind are removed. */
export function scratch(): { readonly folder: string; remove(): void } {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    } catch {
      // Somebody else's, who removes it.
    }
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

/**
 * Downloads a file into `folder`.
 * @throws AuditFailure when it cannot be had, TooLarge above `most` bytes.
 */
export async function download(
  remote: Remote,
  address: string,
  folder: string,
  most: number,
  { onBytes, signal }: { readonly onBytes?: (bytes: number) => void; readonly signal?: AbortSignal } = {},
) {
  try {
    return await save(until(signal, remote.download(address)), folder, most, onBytes)
  } catch (error) {
    if (error instanceof MediumError || error instanceof UsageError)
      throw new AuditFailure(`The file could not be downloaded: ${error.message}.`)
    throw error
  }
}

/** The stream, up to its end or the signal. */
async function* until(signal: AbortSignal | undefined, stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = stream[Symbol.asyncIterator]()
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(new AuditFailure('The download was cancelled.'))
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort, { once: true })
  })
  aborted.catch(() => {})
  try {
    for (;;) {
      const next = iterator.next()
      next.catch(() => {})
      const { value, done } = await Promise.race([next, aborted])
      if (done) return
      yield value
    }
  } finally {
    // Not awaited: a server that stalls does not answer this either.
    void iterator.return?.()?.catch(() => {})
  }
}
