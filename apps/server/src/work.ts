import { rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Finding } from 'distaudit'
import type { Remote } from 'distaudit/remote'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { type Database, rowsOf, type Session } from './database.ts'
import { type KnownEdition, metadataRules } from './edition.ts'
import type { Answer, Request } from './engine/messages.ts'
import { AuditFailure, FactsMissing, type Pool } from './engine/pool.ts'
import { download } from './fetch-file.ts'
import { shareSchema } from './migrations.ts'
import { type JobData, type Pace, QUEUE } from './queue.ts'

export interface WorkOptions {
  readonly database: Database
  readonly boss: PgBoss
  readonly pool: Pool
  readonly remote: Remote
  readonly edition: KnownEdition
  readonly pace: Pace
  readonly concurrency: number
  /** Stops when nothing is queued any more, and nothing that others work on could come back. */
  readonly untilEmpty: boolean
  readonly seconds: number
  readonly mostBytes: number
  readonly folder: string
  readonly signal: AbortSignal
  readonly log: (entry: Record<string, unknown>) => void
}

export interface Worked {
  done: number
  failed: number
  /** Results that were too late: another worker had the job by then. */
  late: number
  databaseSeconds: number
}

const IDLE = 1000

/** Takes jobs until `signal`, or until there are none. */
export async function work(options: WorkOptions): Promise<Worked> {
  const worked: Worked = { done: 0, failed: 0, late: 0, databaseSeconds: 0 }
  await Promise.all(Array.from({ length: options.concurrency }, () => lane(options, worked)))
  return worked
}

async function lane(options: WorkOptions, worked: Worked): Promise<void> {
  const { boss, signal, untilEmpty, log } = options
  while (!signal.aborted) {
    try {
      const [job] = await timed(worked, () => boss.fetch<JobData>(QUEUE, { includeMetadata: true }))
      if (job) await one(job, options, worked)
      else if (untilEmpty && (await isEmpty(options.database))) return
      else await pause(IDLE, signal)
    } catch (error) {
      // The database is away: the job, if there is one, comes back when its heartbeat is missed.
      log({ level: 'warn', message: 'The database did not answer.', reason: (error as Error).message })
      await pause(2 * IDLE, signal)
    }
  }
}

async function timed<T>(worked: Worked, call: () => Promise<T>): Promise<T> {
  const start = performance.now()
  try {
    return await call()
  } finally {
    worked.databaseSeconds += (performance.now() - start) / 1000
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>(resolve => {
    const timer = setTimeout(done, milliseconds)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
  })

async function isEmpty(database: Database): Promise<boolean> {
  const [row] = await rowsOf<{ open: boolean }>(
    database,
    `SELECT EXISTS (SELECT FROM pgboss.job WHERE name = $1 AND state IN ('created', 'retry', 'active')) AS open`,
    [QUEUE],
  )
  return row?.open === false
}

async function one(job: JobWithMetadata<JobData>, options: WorkOptions, worked: Worked): Promise<void> {
  const { boss, pace, log } = options
  const attempt = { id: job.id, retryCount: job.retryCount }
  const beat = setInterval(() => void boss.touch(QUEUE, attempt).catch(() => {}), (pace.heartbeatSeconds * 1000) / 3)
  const start = performance.now()
  try {
    const rules = rulesFor(job.data, options.edition)
    const { answer, readFrom } = await audited(job.data, rules, options)
    const seconds = (performance.now() - start) / 1000
    const kept = await timed(worked, () => store(job, rules, answer, readFrom, seconds, options))
    if (kept) worked.done++
    else worked.late++
    log({ level: 'info', message: kept ? 'audited' : 'late', file: job.data.filename, seconds, readFrom })
  } catch (error) {
    // Not the file's fault: it goes on when the database is there again.
    if (!(error instanceof AuditFailure)) throw error
    worked.failed++
    log({
      level: 'warn',
      message: 'failed',
      file: job.data.filename,
      reason: error.message,
      attempt: job.retryCount + 1,
    })
    await timed(worked, () => boss.fail(QUEUE, attempt, { reason: error.message, worker: worker() }))
  } finally {
    clearInterval(beat)
  }
}

/** What was queued for another edition than this worker has is audited whole. */
const rulesFor = ({ rules, edition }: JobData, { id }: KnownEdition): readonly string[] | null =>
  edition === id ? rules : null

const worker = () => `${hostname()}/${process.pid}`

interface Audited {
  readonly answer: Answer
  readonly readFrom: 'file' | 'facts' | 'ranges'
}

async function audited(job: JobData, rules: readonly string[] | null, options: WorkOptions): Promise<Audited> {
  const { pool, remote, database, seconds, mostBytes, folder, signal } = options
  const request = (from: Request['from']): Request => ({
    from,
    filename: job.filename,
    profile: 'default',
    select: rules ?? undefined,
    format: 'json',
    seconds,
    keepFacts: from.kind === 'file' && rules === null,
  })
  const facts = await factsFor(job.sha256, rules, database)
  if (facts && job.sha256 !== null)
    try {
      const answer = await pool.ask(request({ kind: 'facts', facts, sha256: job.sha256 }), { signal })
      return { answer, readFrom: 'facts' }
    } catch (error) {
      if (!(error instanceof FactsMissing)) throw error
    }
  const isLocal = job.address.startsWith('file:')
  if (!isLocal && rules !== null && job.sha256 !== null) {
    // The core reads no more than these rules need.
    const answer = await pool.ask(request({ kind: 'address', address: job.address, sha256: job.sha256 }), { signal })
    return { answer, readFrom: 'ranges' }
  }
  const path = isLocal
    ? fileURLToPath(job.address)
    : (await download(remote, job.address, folder, mostBytes, { signal })).path
  const answer = await pool
    .ask(request({ kind: 'file', path, unlink: !isLocal }), { signal })
    .finally(() => (isLocal ? undefined : rm(path, { force: true })))
  const found = answer.report.distributions[0]?.sha256
  if (job.sha256 !== null && found !== '' && found !== job.sha256)
    throw new AuditFailure(`The file has the SHA-256 hash ${found}, and not ${job.sha256}, which it was queued with.`)
  return { answer, readFrom: 'file' }
}

/** What was kept of the file, where the rules ask about nothing else. */
async function factsFor(
  sha256: string | null,
  rules: readonly string[] | null,
  database: Database,
): Promise<Uint8Array | undefined> {
  if (rules === null || sha256 === null) return undefined
  const enough = new Set(metadataRules())
  if (!rules.every(id => enough.has(id))) return undefined
  const [row] = await rowsOf<{ body: Uint8Array }>(
    database,
    `SELECT body FROM distaudit.artifacts WHERE sha256 = $1 AND kind = 'facts'`,
    [sha256],
  )
  return row?.body
}

/** Thrown inside the transaction of a job that another worker has. */
class Late extends Error {}

/**
 * The results and the end of the job are one transaction: both are there, or none.
 * @returns False when the job was given to another worker meanwhile, whose results count.
 */
async function store(
  job: JobWithMetadata<JobData>,
  rules: readonly string[] | null,
  answer: Answer,
  readFrom: Audited['readFrom'],
  seconds: number,
  { database, boss, edition }: WorkOptions,
): Promise<boolean> {
  const [distribution] = answer.report.distributions
  if (!distribution) throw new AuditFailure('The audit gave no result.')
  // Without a hash it is a file that was too large to be read to its end, or one that could not be read at all.
  const sha256 = distribution.sha256 || (distribution.kind === 'unknown' ? null : job.data.sha256)
  if (!sha256)
    throw new AuditFailure(
      `The file could not be read: ${distribution.findings[0]?.message ?? 'its SHA-256 hash is not known.'}`,
    )
  const releases = answer.report.releases.flatMap(release => release.findings)
  const findings = [...distribution.findings, ...releases]
  try {
    await database.transaction(async session => {
      await shareSchema(session)
      // The type leaves the counts out, which the call gives.
      const { affected } = (await boss.complete(QUEUE, { id: job.id, retryCount: job.retryCount }, null, {
        db: session,
      })) as { affected?: number }
      if (affected !== 1) throw new Late()
      await session.executeSql(
        `INSERT INTO distaudit.distributions (sha256, filename, kind, name, version, size, rejected_by_pypi, rule_version)
         VALUES ($1, $2, $3, $4, $5, $6, false, $7)
         ON CONFLICT (sha256) DO UPDATE SET rule_version = excluded.rule_version, audited_at = now()`,
        [
          sha256,
          storable(distribution.filename),
          distribution.kind,
          storable(distribution.name),
          storable(distribution.version),
          distribution.size,
          edition.id,
        ],
      )
      await session.executeSql('UPDATE distaudit.locations SET sha256 = $2, size = $3 WHERE id = $1', [
        job.data.location,
        sha256,
        distribution.size,
      ])
      await session.executeSql(
        `INSERT INTO distaudit.runs (job_id, attempt, sha256, rule_version, rules, read_from, seconds, bytes_read, worker, internal_errors)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          job.id,
          job.retryCount + 1,
          sha256,
          edition.id,
          rules,
          readFrom,
          seconds,
          answer.bytesRead,
          worker(),
          answer.report.internalErrors ? JSON.stringify(answer.report.internalErrors) : null,
        ],
      )
      await replaceFindings(session, sha256, findings, rules, edition)
      if (answer.facts)
        await session.executeSql(
          `INSERT INTO distaudit.artifacts (sha256, kind, media_type, body) VALUES ($1, 'facts', 'application/gzip', $2)
           ON CONFLICT (sha256, kind) DO UPDATE SET body = excluded.body, made_at = now()`,
          [sha256, answer.facts],
        )
    })
    return true
  } catch (error) {
    if (error instanceof Late) return false
    throw error
  }
}

/** PostgreSQL has no text with a NUL or half a surrogate pair. */
const storable = <T extends string | null>(text: T): T =>
  (text === null ? null : text.toWellFormed().replaceAll('\0', '\ufffd')) as T

/** Those of the rules that were asked, and of rules that are gone. */
async function replaceFindings(
  session: Session,
  sha256: string,
  findings: readonly Finding[],
  rules: readonly string[] | null,
  edition: KnownEdition,
): Promise<void> {
  await session.executeSql(
    `DELETE FROM distaudit.findings WHERE sha256 = $1 AND ($2::text[] IS NULL OR rule = ANY($2) OR NOT (rule = ANY($3)))`,
    [sha256, rules, Object.keys(edition.rules)],
  )
  await session.executeSql(
    `INSERT INTO distaudit.findings (sha256, rule, severity, enforced_by, message, member, line, field, finding)
     SELECT $1, f->>'rule', f->>'severity', ARRAY(SELECT jsonb_array_elements_text(f->'enforcedBy')), f->>'message',
       f->'location'->>'member', (f->'location'->>'line')::integer, f->'location'->>'field', f
     FROM jsonb_array_elements($2::jsonb) AS f`,
    [sha256, JSON.stringify(findings, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value))],
  )
  await session.executeSql(
    `UPDATE distaudit.distributions SET rejected_by_pypi = EXISTS (
       SELECT FROM distaudit.findings f WHERE f.sha256 = $1 AND f.enforced_by && ARRAY['pypi', 'pypi-crash', 'twine'])
     WHERE sha256 = $1`,
    [sha256],
  )
}
