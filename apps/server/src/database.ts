import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'

/** Runs statements; what pg-boss takes as `db`, so that its statements join a transaction of ours. */
export interface Session {
  // biome-ignore lint/suspicious/noExplicitAny: rows are what the statement says.
  executeSql(text: string, values?: unknown[]): Promise<{ rows: any[] }>
}

export interface Database extends Session {
  readonly kind: 'postgres' | 'pglite'
  /** Commits when `work` resolves, else rolls back. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Rows of a statement, typed by the caller. */
export const rowsOf = async <R>(session: Session, text: string, values?: unknown[]): Promise<R[]> =>
  (await session.executeSql(text, values)).rows as R[]

/** `postgres://…` is a server; anything else is a folder that PGlite keeps its data in. */
export const openDatabase = (address: string, connections = 10): Promise<Database> =>
  /^postgres(?:ql)?:/.test(address) ? openPostgres(address, connections) : openEmbedded(address)

const INT8 = 20
const types = {
  // Counts and sizes: all of them far below 2^53.
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

async function openPostgres(connectionString: string, max: number): Promise<Database> {
  const pool = new pg.Pool({
    connectionString,
    max,
    types,
    application_name: 'distaudit-server',
    connectionTimeoutMillis: 10_000,
    // A connection that a network swallowed must not hold a worker for good.
    query_timeout: 60_000,
    keepAlive: true,
  })
  // Idle connections that end are replaced; without a listener they would end the process.
  pool.on('error', () => {})
  const over = (client: Pick<pg.Pool, 'query'>): Session => ({
    async executeSql(text, values) {
      const result: pg.QueryResult | pg.QueryResult[] = await client.query(text, values)
      return { rows: Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows }
    },
  })
  return {
    kind: 'postgres',
    ...over(pool),
    async transaction(work) {
      const client = await pool.connect()
      client.on('error', () => {})
      let broken: Error | undefined
      try {
        await client.query('BEGIN')
        const result = await work(over(client as unknown as pg.Pool))
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}

async function openEmbedded(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true })
  const unlock = lock(join(folder, 'distaudit-server.lock'))
  const embedded = await PGlite.create(join(folder, 'data'))
  const over = (one: Pick<PGlite, 'query' | 'exec'>): Session => ({
    async executeSql(text, values) {
      if (values?.length) return await one.query(text, values)
      return { rows: (await one.exec(text)).flatMap(({ rows }) => rows) }
    },
  })
  return {
    kind: 'pglite',
    async executeSql(text, values) {
      try {
        return await over(embedded).executeSql(text, values)
      } catch (error) {
        // One connection serves all: a transaction that a block of statements left aborted ends here.
        await embedded.exec('ROLLBACK').catch(() => {})
        throw error
      }
    },
    transaction: work => embedded.transaction(tx => work(over(tx))),
    async close() {
      await embedded.close()
      unlock()
    },
  }
}

/** PGlite takes one process at a time; a second one would damage its files. */
function lock(path: string): () => void {
  for (;;) {
    try {
      const file = openSync(path, 'wx')
      writeSync(file, String(process.pid))
      closeSync(file)
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(readFileSync(path, 'utf8'))
      if (isAlive(owner))
        throw new Error(
          `The database is in use by process ${owner}. An embedded database takes one process at a time; use PostgreSQL for more.`,
        )
      rmSync(path, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
