import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, globSync, mkdirSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'

/** Where the programs of a PostgreSQL server are; undefined: there is none on this machine. */
export function findPostgres(): string | undefined {
  const [newest] = globSync('/usr/lib/postgresql/*/bin/initdb').sort().reverse()
  if (newest !== undefined) return join(newest, '..')
  const { status, stdout } = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  return status === 0 && spawnSync(join(stdout.trim(), 'initdb'), ['--version']).status === 0
    ? stdout.trim()
    : undefined
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

export const until = async (what: () => Promise<boolean> | boolean, every = 100): Promise<void> => {
  while (!(await what())) await new Promise(resolve => setTimeout(resolve, every))
}

/** A server of its own in a folder. As root it runs as the user postgres, since it refuses to run as root. */
export class Postgres {
  readonly url: string
  readonly port: number
  readonly #bin: string
  readonly #data: string
  #process: ChildProcess | undefined

  private constructor(bin: string, data: string, port: number) {
    this.#bin = bin
    this.#data = data
    this.port = port
    this.url = `postgres://postgres@127.0.0.1:${port}/postgres`
  }

  static async start(bin: string, folder: string): Promise<Postgres> {
    const data = join(folder, 'data')
    mkdirSync(data, { recursive: true, mode: 0o700 })
    const user = owner()
    if (user) for (const path of [folder, data]) chownSync(path, user.uid, user.gid)
    execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
      stdio: 'ignore',
      cwd: folder,
      ...user,
    })
    const server = new Postgres(bin, data, await freePort())
    await server.start()
    return server
  }

  async start(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_wal_size=32MB',
      'min_wal_size=32MB',
    ]
    this.#process = spawn(
      join(this.#bin, 'postgres'),
      ['-D', this.#data, '-p', String(this.port), ...settings.flatMap(setting => ['-c', setting])],
      { stdio: 'ignore', cwd: this.#data, ...owner() },
    )
    await until(() => this.#answers())
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 2000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('SELECT 1')
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => {})
    }
  }

  /** SIGQUIT ends it as a crash does: without writing anything down. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const running = this.#process
    this.#process = undefined
    if (!running || running.exitCode !== null) return
    const over = new Promise(resolve => running.once('exit', resolve))
    running.kill(signal)
    await over
  }
}

function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (what: string) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** A connection to the server that can be cut. */
export class Cable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #cut = false

  private constructor(server: Server) {
    this.#server = server
  }

  static async to(port: number): Promise<Cable> {
    const server = createServer(socket => {
      if (proxy.#cut) return void socket.destroy()
      const there = connect(port, '127.0.0.1')
      for (const one of [socket, there]) {
        proxy.#sockets.add(one)
        one.on('error', () => {})
        one.on('close', () => {
          proxy.#sockets.delete(one)
          socket.destroy()
          there.destroy()
        })
      }
      socket.pipe(there).pipe(socket)
    })
    const proxy = new Cable(server)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  cut(): void {
    this.#cut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#cut = false
  }

  close(): void {
    this.cut()
    this.#server.close()
  }
}
