import { type Database, rowsOf } from './database.ts'
import { DEAD, QUEUE } from './queue.ts'

export interface DeadLetter {
  readonly filename: string
  readonly address: string
  readonly attempts: number
  readonly reason: string
  readonly since: Date
}

export interface Status {
  readonly queued: number
  readonly active: number
  readonly waitingToRetry: number
  readonly audited: number
  readonly findings: number
  readonly bytesRead: number
  readonly databaseBytes: number
  readonly ruleVersions: readonly { readonly id: number; readonly tool_version: string; readonly files: number }[]
  /** Files that were given up, with the reason of the last attempt. */
  readonly dead: readonly DeadLetter[]
}

const TABLE_BYTES = `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint AS bytes
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('distaudit', 'pgboss') AND c.relkind = 'r'`

export async function statusOf(database: Database): Promise<Status> {
  const states = new Map(
    (
      await rowsOf<{ state: string; jobs: number }>(
        database,
        'SELECT state::text, count(*)::integer AS jobs FROM pgboss.job WHERE name = $1 GROUP BY state',
        [QUEUE],
      )
    ).map(({ state, jobs }) => [state, jobs]),
  )
  const [totals] = await rowsOf<{ audited: number; findings: number; bytes: number }>(
    database,
    `SELECT (SELECT count(*) FROM distaudit.distributions)::integer AS audited,
       (SELECT count(*) FROM distaudit.findings)::integer AS findings,
       (SELECT coalesce(sum(bytes_read), 0) FROM distaudit.runs)::bigint AS bytes`,
  )
  const [size] = await rowsOf<{ bytes: number }>(database, TABLE_BYTES)
  return {
    queued: states.get('created') ?? 0,
    active: states.get('active') ?? 0,
    waitingToRetry: states.get('retry') ?? 0,
    audited: totals!.audited,
    findings: totals!.findings,
    bytesRead: Number(totals!.bytes),
    databaseBytes: Number(size!.bytes),
    ruleVersions: await rowsOf(
      database,
      `SELECT v.id, v.tool_version, count(d.sha256)::integer AS files
       FROM distaudit.rule_versions v LEFT JOIN distaudit.distributions d ON d.rule_version = v.id GROUP BY v.id ORDER BY v.id`,
    ),
    dead: (
      await rowsOf<{
        data: { filename: string; address: string }
        reason: string | null
        output: unknown
        tries: number
        since: Date
      }>(
        database,
        `SELECT data, coalesce(source_output->>'reason', source_output->>'message', source_output->'value'->>'message') AS reason,
           source_output AS output, source_retry_count + 1 AS tries, created_on AS since
         FROM pgboss.job WHERE name = $1 ORDER BY created_on LIMIT 1000`,
        [DEAD],
      )
    ).map(({ data, reason, output, tries, since }) => ({
      filename: data.filename,
      address: data.address,
      attempts: tries,
      reason: reason ?? JSON.stringify(output),
      since,
    })),
  }
}
