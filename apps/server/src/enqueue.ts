import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type IndexFile, type Remote, UsageError } from 'distaudit/remote'
import type { PgBoss } from 'pg-boss'
import { type Database, rowsOf } from './database.ts'
import type { KnownEdition } from './edition.ts'
import { DEAD, type JobData, QUEUE } from './queue.ts'

/** Where a file is, and what is known of it. */
export interface Location {
  readonly address: string
  readonly filename: string
  readonly sha256: string | undefined
  readonly size: number | undefined
  readonly indexUrl?: string | undefined
}

export interface Enqueued {
  readonly seen: number
  readonly queued: number
}

const AT_ONCE = 500

/** Queues each file once, whatever is called how often: what is queued, audited by this edition, or given up stays as it is. */
export async function enqueue(
  database: Database,
  boss: PgBoss,
  edition: KnownEdition,
  locations: AsyncIterable<Location>,
): Promise<Enqueued> {
  const dead = new Set((await rowsOf<{ key: string }>(database, DEAD_KEYS, [DEAD])).map(({ key }) => key))
  const total = { seen: 0, queued: 0 }
  let some: Location[] = []
  const flush = async () => {
    total.queued += await insert(database, boss, edition, some, dead)
    some = []
  }
  for await (const location of locations) {
    total.seen++
    some.push(location)
    if (some.length === AT_ONCE) await flush()
  }
  if (some.length > 0) await flush()
  return total
}

const DEAD_KEYS = `SELECT coalesce(data->>'sha256', data->>'address') AS key FROM pgboss.job WHERE name = $1`

/** The same file at two addresses is one job. */
export const keyOf = (job: Pick<JobData, 'sha256' | 'address' | 'rules'>): string => job.sha256 ?? job.address

async function insert(
  database: Database,
  boss: PgBoss,
  edition: KnownEdition,
  locations: readonly Location[],
  dead: ReadonlySet<string>,
): Promise<number> {
  const unique = [...new Map(locations.map(one => [one.address, one])).values()]
  return database.transaction(async session => {
    const stored = await rowsOf<{
      id: number
      address: string
      filename: string
      sha256: string | null
      done: boolean
    }>(
      session,
      `WITH stored AS (
         INSERT INTO distaudit.locations (address, filename, sha256, size, index_url)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
         ON CONFLICT (address) DO UPDATE SET
           sha256 = coalesce(excluded.sha256, locations.sha256), size = coalesce(excluded.size, locations.size), seen_at = now()
         RETURNING id, address, filename, sha256)
       SELECT stored.*, coalesce(d.rule_version = $6, false) AS done
       FROM stored LEFT JOIN distaudit.distributions d USING (sha256) ORDER BY stored.id`,
      [
        unique.map(one => one.address),
        unique.map(one => one.filename),
        unique.map(one => one.sha256 ?? null),
        unique.map(one => one.size ?? null),
        unique.map(one => one.indexUrl ?? null),
        edition.id,
      ],
    )
    const jobs = new Map<string, JobData>()
    for (const { id, address, filename, sha256, done } of stored) {
      const data = { location: id, address, filename, sha256, rules: null, edition: null }
      if (!done && !dead.has(keyOf(data))) jobs.set(keyOf(data), data)
    }
    if (jobs.size === 0) return 0
    const ids = await boss.insert(
      QUEUE,
      [...jobs].map(([singletonKey, data]) => ({ data, singletonKey })),
      { db: session, returnId: true },
    )
    return ids?.length ?? 0
  })
}

const DISTRIBUTION = /\.(?:whl|tar\.gz|zip|tar\.bz2|tgz)$/

/** Told of what cannot be read, by its name or path; everything else is queued. */
export type OnUnread = (what: string, reason: string) => void

/** The distributions in a folder and below it, and links to such files. Each is read once, for its hash. */
export async function* ofFolder(folder: string, onUnread: OnUnread): AsyncGenerator<Location> {
  const wait = [folder]
  for (let at = wait.pop(); at !== undefined; at = wait.pop()) {
    const path = at
    const entries = await readdir(path, { withFileTypes: true }).catch((error: Error) => {
      // The folder that was asked for has to be there.
      if (path === folder) throw error
      onUnread(path, error.message)
      return []
    })
    entries.sort((a, b) => (a.name < b.name ? -1 : 1))
    for (const entry of entries)
      if (DISTRIBUTION.test(entry.name) && (entry.isFile() || entry.isSymbolicLink()))
        yield* await ofFile(join(path, entry.name), onUnread)
    wait.push(...entries.flatMap(entry => (entry.isDirectory() ? [join(path, entry.name)] : [])).reverse())
  }
}

async function ofFile(path: string, onUnread: OnUnread): Promise<readonly Location[]> {
  const hash = createHash('sha256')
  try {
    const { size } = await stat(path)
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    const address = pathToFileURL(resolve(path)).href
    return [{ address, filename: basename(path), sha256: hash.digest('hex'), size }]
  } catch (error) {
    onUnread(path, (error as Error).message)
    return []
  }
}

/** The paths and addresses in a file, one a line; behind an address may be `#sha256=…`. */
export async function* ofList(file: string, onUnread: OnUnread): AsyncGenerator<Location> {
  const opened = await open(file)
  for await (const line of opened.readLines()) {
    const text = line.trim()
    if (text === '' || text.startsWith('#')) continue
    if (/^https?:/.test(text)) yield ofAddress(text)
    else yield* await ofFile(text, onUnread)
  }
}

export function ofAddress(text: string): Location {
  const url = new URL(text)
  const sha256 = /^#sha256=([0-9a-f]{64})$/i.exec(url.hash)?.[1]?.toLowerCase()
  url.hash = ''
  return { address: url.href, filename: decodeURIComponent(basename(url.pathname)), sha256, size: undefined }
}

export interface IndexOptions {
  readonly url: string
  /** Undefined: every project of the index. */
  readonly projects: readonly string[] | undefined
  /** Leaves out the projects that the index says are as they were the last time. */
  readonly changed: boolean
  /** Of a project whose page cannot be read; the next time it is asked again. */
  readonly onUnread: OnUnread
}

/** The files of an index. Its state is kept as soon as the files of a project are queued. */
export async function* ofIndex(
  database: Database,
  remote: Remote,
  { url, projects, changed, onUnread }: IndexOptions,
): AsyncGenerator<Location> {
  const before = new Map(
    (
      await rowsOf<{ project: string; serial: string }>(
        database,
        'SELECT project, serial FROM distaudit.index_state WHERE index_url = $1',
        [url],
      )
    ).map(({ project, serial }) => [project, serial]),
  )
  const listed = projects?.map(name => ({ name, serial: undefined })) ?? (await remote.projects(url))
  let read: { project: string; serial: string }[] = []
  for (const { name, serial } of listed) {
    const last = changed ? before.get(name) : undefined
    if (last !== undefined && serial !== undefined && last === serial) continue
    const found = await remote.files(url, name, isEtag(last) ? last : undefined).catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error
      onUnread(name, error.message)
    })
    if (found === undefined || found === 'unchanged') continue
    for (const file of found.files) yield located(file, url)
    const state = serial ?? found.etag
    if (state !== undefined) read.push({ project: name, serial: state })
    // Behind those that the caller has queued by then, at the latest: what it has not is queued again the next time.
    if (read.length > AT_ONCE) read = await keep(database, url, read)
  }
  await keep(database, url, read)
}

/** What is kept of a project is its serial, or the ETag of its page. */
const isEtag = (text: string | undefined): boolean => text !== undefined && /^(?:W\/)?"/.test(text)

const located = (file: IndexFile, indexUrl: string): Location => ({
  address: file.url.href,
  filename: file.filename,
  sha256: file.sha256,
  size: file.size,
  indexUrl,
})

async function keep(
  database: Database,
  url: string,
  read: readonly { project: string; serial: string }[],
): Promise<[]> {
  if (read.length > 0)
    await database.executeSql(
      `INSERT INTO distaudit.index_state (index_url, project, serial)
       SELECT $1, * FROM unnest($2::text[], $3::text[])
       ON CONFLICT (index_url, project) DO UPDATE SET serial = excluded.serial, checked_at = now()`,
      [url, read.map(one => one.project), read.map(one => one.serial)],
    )
  return []
}
