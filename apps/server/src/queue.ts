import { PgBoss } from 'pg-boss'
import type { Database } from './database.ts'

export const QUEUE = 'audit'
export const DEAD = 'audit-dead'

/** What a job is about. */
export interface JobData {
  readonly location: number
  readonly address: string
  readonly filename: string
  /** Where it is known before the audit. */
  readonly sha256: string | null
  /** Ids of the rules to ask again; null: all of them. */
  readonly rules: readonly string[] | null
  /** Where `rules` is an array: the rule version that it brings the file up to. */
  readonly edition: number | null
}

/** How the queue treats jobs whose worker fails or vanishes. */
export interface Pace {
  /** A worker that is not heard of for so long has lost its job. At least 10. */
  readonly heartbeatSeconds: number
  readonly retrySeconds: number
}

const seconds = (text: string | undefined, least: number, fallback: number): number => {
  const number = Number(text)
  return text !== undefined && Number.isFinite(number) ? Math.max(least, number) : fallback
}

export const paceOf = (env: NodeJS.ProcessEnv): Pace => ({
  heartbeatSeconds: seconds(env.DISTAUDIT_HEARTBEAT_SECONDS, 10, 60),
  retrySeconds: seconds(env.DISTAUDIT_RETRY_SECONDS, 0, 10),
})

/** Attempts behind the first one. */
export const RETRIES = 2

const YEARS = 10 * 365 * 24 * 3600

/** The queue, which exists when this resolves. `supervise`: looks after jobs whose workers are gone. */
export async function openQueue(database: Database, pace: Pace, supervise: boolean): Promise<PgBoss> {
  const every = Math.max(1, Math.min(30, Math.floor(pace.heartbeatSeconds / 10)))
  const boss = new PgBoss({
    db: database,
    backend: database.kind,
    supervise,
    schedule: false,
    superviseIntervalSeconds: every,
    monitorIntervalSeconds: every,
    registerInstance: supervise,
  })
  // Told by the calls that fail; the rest is tried again.
  boss.on('error', () => {})
  await boss.start()
  await boss.createQueue(DEAD, { retentionSeconds: YEARS, deleteAfterSeconds: YEARS })
  await boss.createQueue(QUEUE, {
    policy: 'exclusive',
    deadLetter: DEAD,
    retryLimit: RETRIES,
    retryDelay: pace.retrySeconds,
    retryBackoff: pace.retrySeconds > 0,
    heartbeatSeconds: pace.heartbeatSeconds,
    expireInSeconds: 6 * 3600,
    retentionSeconds: YEARS,
  })
  return boss
}
