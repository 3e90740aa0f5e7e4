import { parseArgs } from 'node:util'
import { connect } from 'distaudit/remote'
import type { PgBoss } from 'pg-boss'
import { type Database, openDatabase, rowsOf } from './database.ts'
import { known } from './edition.ts'
import { migrate } from './migrations.ts'
import { openQueue, paceOf } from './queue.ts'

const HELP = `Usage: distaudit-server COMMAND [OPTIONS]

Audits many wheels and sdists, on as many machines as share one database, and serves audits over HTTP.

Commands:
  migrate                     bring the database's schema up to date
  enqueue folder DIR          queue the distributions in a folder
  enqueue list FILE           queue the paths and addresses in a file, one per line
  enqueue index [NAME…]       queue the files of an index, or of some of its projects
                                --index-url URL   default: https://pypi.org/simple/
                                --changed         only projects that changed since the last time
  work                        audit what is queued
                                --concurrency N   files at a time (default: 2)
                                --until-empty     stop when the queue is empty
                                --seconds N       time limit for one file (default: 60)
                                --max-bytes N     largest file that is downloaded (default: 2 GiB)
  rerun [--dry-run]           queue again what changed rules, tables or authorities concern
  status [--format json]      what is queued, done and given up, with the reasons
  query [NAME [ARGUMENT]]     answer a ready-made question; --sql prints it
  export TABLE                write distributions, findings or runs
                                --format ndjson|csv|parquet, --output FILE
  serve                       audit over HTTP; its options: distaudit-server serve --help

Options:
  --database ADDRESS   postgres://… or the folder of an embedded database
                       (default: $DISTAUDIT_DATABASE, or ./distaudit-data)
  -h, --help           show this help
`

/** What the user has to change. */
class Usage extends Error {}

const OPTIONS = {
  database: { type: 'string' },
  'index-url': { type: 'string' },
  changed: { type: 'boolean' },
  concurrency: { type: 'string' },
  'until-empty': { type: 'boolean' },
  seconds: { type: 'string' },
  'max-bytes': { type: 'string' },
  'dry-run': { type: 'boolean' },
  format: { type: 'string' },
  output: { type: 'string' },
  sql: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Values = ReturnType<typeof parse>['values']
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })

const GiB = 2 ** 30

function positive(text: string | undefined, name: string, fallback: number): number {
  if (text === undefined) return fallback
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Usage(`--${name} is '${text}' (expected a whole number from 1).`)
  return number
}

const log = (entry: Record<string, unknown>) =>
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`)

export async function main(args: readonly string[]): Promise<number> {
  if (args[0] === 'serve') return (await import('./serve/command.ts')).serveCommand(args.slice(1))
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return usage((error as Error).message)
  }
  const { values, positionals } = parsed
  const [command, ...rest] = positionals
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  try {
    return await run(command, rest, values)
  } catch (error) {
    if (error instanceof Usage) return usage(error.message)
    process.stderr.write(`distaudit-server: ${(error as Error).message || String(error)}\n`)
    return 1
  }
}

function usage(message: string): number {
  process.stderr.write(`distaudit-server: ${message}\nTry distaudit-server --help.\n`)
  return 2
}

async function run(command: string | undefined, rest: readonly string[], values: Values): Promise<number> {
  const commands: Readonly<
    Record<string, (database: Database, rest: readonly string[], values: Values) => Promise<number>>
  > = { migrate: async () => 0, enqueue, work, rerun, status, query, export: write }
  const chosen = command !== undefined && Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!chosen) throw new Usage(command === undefined ? 'A command is missing.' : `There is no command '${command}'.`)
  if (command === 'query' && (rest.length === 0 || values.sql)) return questions(rest[0])
  const concurrency = positive(values.concurrency, 'concurrency', 2)
  const address = values.database ?? process.env.DISTAUDIT_DATABASE ?? './distaudit-data'
  const database = await openDatabase(address, Math.max(4, concurrency + 2))
  try {
    for (const name of await migrate(database)) log({ level: 'info', message: 'migrated', migration: name })
    return await chosen(database, rest, values)
  } finally {
    await database.close().catch(() => {})
  }
}

async function withQueue(
  database: Database,
  supervise: boolean,
  use: (boss: PgBoss) => Promise<number>,
): Promise<number> {
  const boss = await openQueue(database, paceOf(process.env), supervise)
  try {
    return await use(boss)
  } finally {
    await boss.stop({ graceful: false }).catch(() => {})
  }
}

async function enqueue(database: Database, [kind, ...rest]: readonly string[], values: Values): Promise<number> {
  const { enqueue: add, ofFolder, ofIndex, ofList } = await import('./enqueue.ts')
  const remote = await connect()
  const [first] = rest
  let unread = 0
  const onUnread = (what: string, reason: string) => {
    unread++
    log({ level: 'warn', message: 'not read', [kind === 'index' ? 'project' : 'path']: what, reason })
  }
  const locations = () => {
    if (kind === 'index') {
      const url = values['index-url'] ?? 'https://pypi.org/simple/'
      return ofIndex(database, remote, {
        url,
        projects: rest.length > 0 ? rest : undefined,
        changed: values.changed ?? false,
        onUnread,
      })
    }
    if (first === undefined || rest.length > 1) throw new Usage(`enqueue ${kind ?? ''} takes one path.`)
    if (kind === 'folder') return ofFolder(first, onUnread)
    if (kind === 'list') return ofList(first, onUnread)
    throw new Usage(`enqueue takes folder, list or index, and not '${kind ?? ''}'.`)
  }
  const found = locations()
  return withQueue(database, false, async boss => {
    const { seen, queued } = await add(database, boss, await known(database), found)
    process.stdout.write(`${seen} files seen, ${queued} queued.\n`)
    return unread > 0 ? 1 : 0
  }).finally(() => remote.close())
}

async function work(database: Database, _: readonly string[], values: Values): Promise<number> {
  const [{ work: go }, { startPool }, { scratch }] = await Promise.all([
    import('./work.ts'),
    import('./engine/pool.ts'),
    import('./fetch-file.ts'),
  ])
  const concurrency = positive(values.concurrency, 'concurrency', 2)
  const abort = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort())
  const pool = startPool({ processes: concurrency })
  const place = scratch()
  const remote = await connect({ atOnce: concurrency })
  const start = performance.now()
  try {
    return await withQueue(database, true, async boss => {
      const worked = await go({
        database,
        boss,
        pool,
        remote,
        edition: await known(database),
        pace: paceOf(process.env),
        concurrency,
        untilEmpty: values['until-empty'] ?? false,
        seconds: positive(values.seconds, 'seconds', 60),
        mostBytes: positive(values['max-bytes'], 'max-bytes', 2 * GiB),
        folder: place.folder,
        signal: abort.signal,
        log,
      })
      log({ level: 'info', message: 'stopped', ...worked, seconds: (performance.now() - start) / 1000 })
      return 0
    })
  } finally {
    pool.close()
    remote.close()
    place.remove()
  }
}

async function rerun(database: Database, _: readonly string[], values: Values): Promise<number> {
  const { plan, rerun: again } = await import('./rerun.ts')
  const edition = await known(database)
  const steps = await plan(database, edition)
  for (const { from, kind, rules, files } of steps)
    process.stdout.write(
      `${files} files (${kind}) of rule version ${from}: ${
        rules === null ? 'the readers changed, all rules' : rules.length === 0 ? 'not concerned' : rules.join(', ')
      }\n`,
    )
  if (values['dry-run']) return 0
  return withQueue(database, false, async boss => {
    const { queued, unconcerned } = await again(database, boss, edition)
    process.stdout.write(`${queued} files queued, ${unconcerned} not concerned.\n`)
    return 0
  })
}

async function status(database: Database, _: readonly string[], values: Values): Promise<number> {
  const { statusOf } = await import('./status.ts')
  return withQueue(database, false, async () => {
    const found = await statusOf(database)
    if (values.format === 'json') {
      process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`)
      return 0
    }
    const { queued, active, waitingToRetry, audited, findings, bytesRead, databaseBytes, dead } = found
    process.stdout.write(
      `queued ${count(queued)}, active ${count(active)}, waiting to retry ${count(waitingToRetry)}, given up ${count(dead.length)}\n` +
        `audited ${count(audited)} files with ${count(findings)} findings; ${count(bytesRead)} bytes read, ${count(databaseBytes)} bytes in the database\n` +
        dead.map(one => `given up after ${one.attempts} attempts: ${one.filename}: ${harmless(one.reason)}\n`).join(''),
    )
    return 0
  })
}

const count = (value: number): string => value.toLocaleString('en')

/** Nothing that a terminal would obey. */
const harmless = (text: string): string => text.replace(/\p{Cc}/gu, '\ufffd')

async function questions(name: string | undefined): Promise<number> {
  const { QUERIES } = await import('./queries.ts')
  if (name === undefined)
    for (const [id, { summary, argument }] of Object.entries(QUERIES))
      process.stdout.write(`${(argument ? `${id} ${argument}` : id).padEnd(14)}${summary}\n`)
  else process.stdout.write(`${queryOf(QUERIES, name).sql}\n`)
  return 0
}

function queryOf<T>(queries: Readonly<Record<string, T>>, name: string): T {
  const found = Object.hasOwn(queries, name) ? queries[name] : undefined
  if (!found) throw new Usage(`There is no query '${name}'. The queries are ${Object.keys(queries).join(', ')}.`)
  return found
}

async function query(database: Database, [name = '', argument]: readonly string[], values: Values): Promise<number> {
  const { QUERIES } = await import('./queries.ts')
  const found = queryOf(QUERIES, name)
  if ((found.argument === undefined) !== (argument === undefined))
    throw new Usage(found.argument ? `query ${name} needs ${found.argument}.` : `query ${name} takes nothing.`)
  const rows = await rowsOf<Record<string, unknown>>(database, found.sql, argument === undefined ? [] : [argument])
  if (values.format === 'json') process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`)
  else
    for (const row of rows)
      process.stdout.write(
        `${Object.values(row)
          .map(value => harmless(String(value ?? '')))
          .join('\t')}\n`,
      )
  return 0
}

const FORMATS = ['ndjson', 'csv', 'parquet'] as const

async function write(database: Database, [table]: readonly string[], values: Values): Promise<number> {
  if (table === undefined) throw new Usage('export needs a table: distributions, findings or runs.')
  const format = FORMATS.find(one => one === (values.format ?? 'ndjson'))
  if (!format) throw new Usage(`--format is '${values.format}' (expected ${FORMATS.join(', ')}).`)
  const { exportTable } = await import('./export.ts')
  const rows = await exportTable(database, table, format, values.output)
  if (values.output !== undefined) process.stdout.write(`${rows} rows written to ${values.output}.\n`)
  return 0
}
