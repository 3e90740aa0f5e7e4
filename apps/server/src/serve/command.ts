import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { startPool } from '../engine/pool.ts'
import { scratch } from '../fetch-file.ts'
import { service } from './service.ts'

const HELP = `Usage: distaudit-server serve [OPTIONS]

Options:
  --host HOST           address to listen on (default: 127.0.0.1)
  --port N              (default: 8080)
  --processes N         audits at a time (default: the processors of the machine)
  --waiting N           files that may wait for an audit (default: 4 per process)
  --uploads N           files that may be received at a time (default: 64)
  --max-bytes N         largest file (default: 1 GiB)
  --seconds N           time limit for one audit (default: 60)
  --stall-seconds N     an upload that sends nothing for so long is ended (default: 30)
  --allow-host HOST     host that addresses and redirects may name, with its port if it has one; may be repeated (default: none)
  --token-file FILE     bearer tokens, one per line (default: $DISTAUDIT_TOKENS, separated by commas; without any, everybody may ask)
  --quiet               no log of requests
  -h, --help            show this help
`

const OPTIONS = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '8080' },
  processes: { type: 'string', default: String(availableParallelism()) },
  waiting: { type: 'string' },
  uploads: { type: 'string', default: '64' },
  'max-bytes': { type: 'string', default: String(2 ** 30) },
  seconds: { type: 'string', default: '60' },
  'stall-seconds': { type: 'string', default: '30' },
  'allow-host': { type: 'string', multiple: true },
  'token-file': { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

function usage(message: string): number {
  process.stderr.write(`distaudit-server: ${message}\nTry distaudit-server serve --help.\n`)
  return 2
}

export async function serveCommand(args: readonly string[]): Promise<number> {
  let values: ReturnType<typeof parse>['values']
  try {
    values = parse(args).values
  } catch (error) {
    return usage((error as Error).message)
  }
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  const numbers = ['port', 'processes', 'uploads', 'max-bytes', 'seconds', 'stall-seconds'] as const
  for (const name of numbers)
    if (!/^\d+$/.test(values[name]) || (name !== 'port' && Number(values[name]) < 1))
      return usage(`--${name} is '${values[name]}' (expected a whole number from 1).`)
  if (values.waiting !== undefined && !/^\d+$/.test(values.waiting))
    return usage(`--waiting is '${values.waiting}' (expected a whole number).`)
  let tokens: readonly string[]
  try {
    tokens = tokensOf(values['token-file'])
  } catch (error) {
    return usage((error as Error).message)
  }
  const processes = Number(values.processes)
  const pool = startPool({ processes })
  const place = scratch()
  const app = await service({
    pool,
    folder: place.folder,
    tokens,
    processes,
    waiting: Number(values.waiting ?? 4 * processes),
    uploads: Number(values.uploads),
    mostBytes: Number(values['max-bytes']),
    seconds: Number(values.seconds),
    stallSeconds: Number(values['stall-seconds']),
    hosts: values['allow-host'] ?? [],
    log: !values.quiet,
  })
  let ended = false
  const end = async () => {
    if (ended) return
    ended = true
    // Audits that run are finished; new ones are refused.
    await app.close()
    pool.close()
    place.remove()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end())
  try {
    await app.listen({ host: values.host, port: Number(values.port) })
  } catch (error) {
    await end()
    process.stderr.write(`distaudit-server: ${(error as Error).message}\n`)
    return 1
  }
  return 0
}

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS })

/** @throws Error for a file without tokens: everybody could ask a service that was to have some. */
function tokensOf(file: string | undefined): readonly string[] {
  const listed =
    file === undefined ? (process.env.DISTAUDIT_TOKENS ?? '').split(',') : readFileSync(file, 'utf8').split('\n')
  const tokens = listed.map(token => token.trim()).filter(token => token !== '')
  if (file !== undefined && tokens.length === 0) throw new Error(`There are no tokens in '${file}'.`)
  return tokens
}
