import type { PgBoss } from 'pg-boss'
import { type Database, rowsOf } from './database.ts'
import { type Changes, changesBetween, type Edition, type KnownEdition, rulesOf } from './edition.ts'
import { type JobData, QUEUE } from './queue.ts'

export interface Step {
  /** The rule version that the files were audited with. */
  readonly from: number
  readonly kind: string
  /** Null: all rules. Empty: nothing that concerns files of this kind has changed. */
  readonly rules: readonly string[] | null
  readonly files: number
}

/** What has to be audited again, and with which rules, so that every file is as the installed distaudit sees it. */
export async function plan(database: Database, edition: KnownEdition): Promise<readonly Step[]> {
  const rows = await rowsOf<{ id: number; kind: string; files: number } & Pick<Edition, 'readers' | 'rules'>>(
    database,
    `SELECT v.id, v.readers, v.rules, d.kind, count(*)::integer AS files
     FROM distaudit.distributions d JOIN distaudit.rule_versions v ON v.id = d.rule_version
     WHERE d.rule_version <> $1 GROUP BY v.id, d.kind ORDER BY v.id, d.kind`,
    [edition.id],
  )
  return rows.map(({ id, kind, files, ...before }) => ({
    from: id,
    kind,
    files,
    rules: concerning(kind, changesBetween(before, edition)),
  }))
}

function concerning(kind: string, { everything, changed }: Changes): readonly string[] | null {
  if (everything) return null
  const own = rulesOf(kind)
  return changed.filter(id => own.has(id))
}

const AT_ONCE = 1000

/** Queues what the plan says. Files that no change concerns are up to date without an audit. */
export async function rerun(
  database: Database,
  boss: PgBoss,
  edition: KnownEdition,
): Promise<{ readonly queued: number; readonly unconcerned: number }> {
  let queued = 0
  let unconcerned = 0
  for (const { from, kind, rules } of await plan(database, edition)) {
    if (rules?.length === 0) {
      unconcerned += await database.transaction(async session => {
        await session.executeSql(
          `DELETE FROM distaudit.findings f USING distaudit.distributions d
           WHERE d.sha256 = f.sha256 AND d.rule_version = $1 AND d.kind = $2 AND NOT (f.rule = ANY($3))`,
          [from, kind, Object.keys(edition.rules)],
        )
        const moved = await rowsOf(
          session,
          'UPDATE distaudit.distributions SET rule_version = $3 WHERE rule_version = $1 AND kind = $2 RETURNING sha256',
          [from, kind, edition.id],
        )
        return moved.length
      })
      continue
    }
    for (let after = ''; ; ) {
      const rows = await rowsOf<{ sha256: string; location: number; address: string; filename: string }>(
        database,
        `SELECT d.sha256, l.id AS location, l.address, l.filename
         FROM distaudit.distributions d
         CROSS JOIN LATERAL (SELECT * FROM distaudit.locations l WHERE l.sha256 = d.sha256 ORDER BY seen_at DESC, id LIMIT 1) l
         WHERE d.rule_version = $1 AND d.kind = $2 AND d.sha256 > $3 ORDER BY d.sha256 LIMIT ${AT_ONCE}`,
        [from, kind, after],
      )
      const last = rows.at(-1)
      if (!last) break
      after = last.sha256
      const jobs = rows.map(row => {
        const data: JobData = { ...row, rules, edition: rules === null ? null : edition.id }
        return { data, singletonKey: row.sha256 }
      })
      queued += (await boss.insert(QUEUE, jobs, { returnId: true }))?.length ?? 0
    }
  }
  return { queued, unconcerned }
}
