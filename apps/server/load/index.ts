import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'

// `npm run load -- DIR`: honest uploads of a wheel of DIR, first alone, then among slow, huge, aborted and hostile ones.

const { values, positionals } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    processes: { type: 'string', default: String(availableParallelism()) },
  },
  allowPositionals: true,
})
const folder = positionals[0]
if (folder === undefined) throw new Error('Name a folder with wheels: npm run load -- DIR')
const seconds = Number(values.seconds)
const files = readdirSync(folder)
  .filter(name => name.endsWith('.whl'))
  .map(name => ({ name, size: statSync(join(folder, name)).size }))
  .sort((a, b) => a.size - b.size)
const honest = files.find(({ size }) => size > 50_000) ?? files.at(-1)
if (!honest) throw new Error(`There is no wheel in ${folder}.`)
const bytes = readFileSync(join(folder, honest.name))
const PORT = 18_080
const origin = `http://127.0.0.1:${PORT}`
const program = fileURLToPath(new URL('../bin/distaudit-server.js', import.meta.url))

function start(): ChildProcess {
  const args = [
    'serve',
    '--quiet',
    '--port',
    String(PORT),
    '--processes',
    values.processes,
    '--stall-seconds',
    '5',
    '--max-bytes',
    '20000000',
  ]
  return spawn(process.execPath, [program, ...args], { stdio: 'inherit' })
}

async function ready(): Promise<void> {
  for (;;) {
    const response = await fetch(`${origin}/ready`).catch(() => undefined)
    if (response?.ok) return
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

/** MiB of a process and of those that it started. */
function memoryOf(pid: number): number {
  const rss = (one: number) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0) / 1024
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean)
  return Math.round([pid, ...children.map(Number)].reduce((sum, one) => sum + rss(one), 0))
}

/** Honest requests, one at a time: how long each takes is what is measured. */
const measure = () =>
  autocannon({
    url: `${origin}/audit?filename=${encodeURIComponent(honest.name)}`,
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
    connections: 1,
    duration: seconds,
    timeout: 60,
  })

/** Others, until `over`: each kind again and again. */
function others(over: () => boolean) {
  const head = (length: number) =>
    `POST /audit?filename=x-1.0-py3-none-any.whl HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: ${length}\r\n\r\n`
  const again = async (act: () => Promise<void>) => {
    while (!over()) {
      await act().catch(() => {})
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  }
  const raw = (act: (write: (data: string | Uint8Array) => void, end: () => void) => void) => () =>
    new Promise<void>(resolve => {
      const socket = connect(PORT, '127.0.0.1')
      socket.on('error', () => {})
      socket.on('close', () => resolve())
      socket.on('data', () => socket.end())
      socket.on('connect', () =>
        act(
          data => void socket.write(data),
          () => void socket.destroy(),
        ),
      )
    })
  const hostile = Buffer.concat([bytes.subarray(0, 40_000), Buffer.alloc(200_000, 0xff), bytes.subarray(40_000)])
  const post = (body: Uint8Array) => async () => {
    const response = await fetch(`${origin}/audit?filename=hostile-1.0-py3-none-any.whl`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: body as unknown as string,
    })
    await response.arrayBuffer()
  }
  return Promise.all([
    ...Array.from({ length: 10 }, () => again(raw(write => write(`${head(1000)}PK`)))),
    again(
      raw((write, end) => {
        write(head(50_000) + 'PK'.repeat(1000))
        setTimeout(end, 300)
      }),
    ),
    again(post(Buffer.alloc(30_000_000))),
    again(post(hostile)),
  ])
}

/** The median of each tenth of the time: memory that grows shows in it. */
function tenths(memory: readonly number[]): string {
  const part = Math.ceil(memory.length / 10)
  const medians: number[] = []
  for (let from = 0; from < memory.length; from += part) {
    const some = memory.slice(from, from + part).sort((a, b) => a - b)
    medians.push(some[some.length >> 1] ?? 0)
  }
  return medians.join(', ')
}

const told = (
  name: string,
  { latency, requests, non2xx, errors, timeouts }: autocannon.Result,
  memory: readonly number[],
) =>
  console.log(
    `${name}: ${requests.total} requests, ${non2xx} refused, ${errors + timeouts} lost; p50 ${latency.p50} ms, p90 ${latency.p90} ms, p97.5 ${latency.p97_5} ms; memory by tenths ${tenths(memory)} MiB, most ${Math.max(...memory)}; load average ${loadavg()[0]?.toFixed(1)}`,
  )

const server = start()
try {
  await ready()
  const memory: number[] = []
  const watch = setInterval(() => memory.push(memoryOf(server.pid!)), 1000)
  // What starts only once.
  await autocannon({
    url: `${origin}/audit?filename=${encodeURIComponent(honest.name)}`,
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: bytes,
    connections: 2,
    amount: 20,
  })
  memory.length = 0
  told(`alone (${honest.name}, ${honest.size} bytes)`, await measure(), memory)
  memory.length = 0
  let over = false
  const noise = others(() => over)
  const result = await measure()
  over = true
  told('among others', result, memory)
  await Promise.race([noise, new Promise(resolve => setTimeout(resolve, 10_000))])
  clearInterval(watch)
} finally {
  server.kill('SIGTERM')
}
process.exit()
