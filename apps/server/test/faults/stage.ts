import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PgBoss } from 'pg-boss'
import { type Database, openDatabase, rowsOf } from '../../src/database.ts'
import { type KnownEdition, known } from '../../src/edition.ts'
import { enqueue, ofAddress } from '../../src/enqueue.ts'
import { migrate } from '../../src/migrations.ts'
import { openQueue } from '../../src/queue.ts'
import { FAST, type Place, temporary, writeWheel } from '../support.ts'
import { Postgres, until } from './postgres.ts'

const PROGRAM = fileURLToPath(new URL('../../bin/distaudit-server.js', import.meta.url))

/** A database, files that a server gives slowly where that is wished, and workers that are processes of their own. */
export class Stage {
  readonly place: Place = temporary()
  readonly #workers = new Set<ChildProcess>()
  readonly #held: ServerResponse[] = []
  /** The name of the file whose bytes do not come before `release`. */
  held: string | undefined
  readonly #files = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '').slice(1))
    const bytes = readFileSync(join(this.files, name))
    if (name !== this.held) return void response.end(bytes)
    // A little now, so that the job has begun for sure.
    response.write(bytes.subarray(0, 10))
    this.#held.push(response)
    response.on('close', () => this.#held.splice(this.#held.indexOf(response), 1))
  })
  postgres!: Postgres
  database!: Database
  boss!: PgBoss
  edition!: KnownEdition

  static async open(bin: string, folder?: string): Promise<Stage> {
    const stage = new Stage()
    stage.#files.unref()
    // PostgreSQL may run as another user, who has to get to its folder.
    chmodSync(stage.place.folder, 0o711)
    await new Promise<void>(resolve => stage.#files.listen(0, '127.0.0.1', resolve))
    stage.postgres = await Postgres.start(bin, folder ?? join(stage.place.folder, 'postgres'))
    stage.database = await openDatabase(stage.postgres.url)
    await migrate(stage.database)
    stage.boss = await openQueue(stage.database, FAST, false)
    stage.edition = await known(stage.database)
    return stage
  }

  get files(): string {
    return join(this.place.folder, 'files')
  }

  /** Writes wheels and queues them. */
  async queue(names: readonly string[]): Promise<void> {
    for (const name of names) writeWheel(this.files, name)
    const origin = `http://127.0.0.1:${(this.#files.address() as AddressInfo).port}`
    const addresses = names.map(name => ofAddress(`${origin}/${name}-1.0-py3-none-any.whl`))
    async function* all() {
      yield* addresses
    }
    assert.equal((await enqueue(this.database, this.boss, this.edition, all())).queued, names.length)
  }

  /** The held file has begun at some worker. */
  begun = (): Promise<void> => until(() => this.#held.length > 0)

  release(): void {
    const name = this.held
    this.held = undefined
    if (name !== undefined)
      for (const response of [...this.#held]) response.end(readFileSync(join(this.files, name)).subarray(10))
  }

  worker(url = this.postgres.url): ChildProcess {
    const child = spawn(process.execPath, [PROGRAM, 'work', '--database', url, '--concurrency', '1'], {
      stdio: 'ignore',
      env: { ...process.env, DISTAUDIT_HEARTBEAT_SECONDS: '10', DISTAUDIT_RETRY_SECONDS: '0' },
    })
    this.#workers.add(child)
    return child
  }

  readonly count = async (sql: string): Promise<number> =>
    (await rowsOf<{ n: number }>(this.database, `SELECT count(*)::integer AS n FROM ${sql}`))[0]!.n

  /** Also while the database is away. */
  audited = (count: number): Promise<void> =>
    until(async () => (await this.count('distaudit.runs').catch(() => 0)) >= count, 300)

  /** Nothing lost, nothing twice. */
  async complete(count: number): Promise<void> {
    await this.audited(count)
    await until(
      async () =>
        (await this.count(`pgboss.job WHERE name = 'audit' AND state IN ('created', 'retry', 'active')`)) === 0,
    )
    assert.deepEqual(
      {
        runs: await this.count('distaudit.runs'),
        files: await this.count('distaudit.distributions'),
        twice: await this.count(
          '(SELECT FROM distaudit.findings GROUP BY sha256, finding HAVING count(*) > 1) AS twice',
        ),
        without: await this.count(
          'distaudit.distributions d WHERE NOT EXISTS (SELECT FROM distaudit.findings f WHERE f.sha256 = d.sha256)',
        ),
        dead: await this.count(`pgboss.job WHERE name = 'audit-dead'`),
      },
      { runs: count, files: count, twice: 0, without: 0, dead: 0 },
    )
  }

  async close(): Promise<void> {
    for (const worker of this.#workers) worker.kill('SIGKILL')
    await this.boss.stop({ graceful: false }).catch(() => {})
    await this.database.close().catch(() => {})
    await this.postgres.stop()
    this.#files.closeAllConnections()
    this.#files.close()
    this.place.remove()
  }
}
