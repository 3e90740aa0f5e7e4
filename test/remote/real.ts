/**
 * `npm run remote -- [NAME...]`: audits files of real servers: pypiserver and devpi from PyPI, nginx with and without ranges, and the
 * index that pip's configuration of this machine names. A name is one of these: pypiserver, devpi, nginx, index.
 * Needs Python 3.10, nginx in PATH (elsewhere it is left out, and said so), and for `index` the network.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { writeZip } from '../../fixtures/make/zip.js'
import { preparePython } from '../conformance/python.js'
import { run } from '../support/run-command.js'

const scratch = mkdtempSync(join(tmpdir(), 'distaudit-remote-'))
const running: ChildProcess[] = []
let passed = 0
let failed = 0
let skipped = 0

const asked = process.argv.slice(2)
const isAsked = (name: string) => asked.length === 0 || asked.includes(name)

/** Runs a check and says how it went; what it throws is the reason. */
async function check(name: string, body: () => Promise<string>): Promise<void> {
  try {
    console.log(`ok   ${name}: ${await body()}`)
    passed++
  } catch (error) {
    failed++
    console.log(`FAIL ${name}\n${error instanceof Error ? error.message : error}`)
  }
}

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

function tool(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const done = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env } })
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')}: ${done.error ?? `${done.stdout}${done.stderr}`}`)
  return done.stdout
}

/** Starts a server and waits until it answers. */
async function start(command: string, args: readonly string[], address: string): Promise<void> {
  const server = spawn(command, args, { stdio: 'ignore' })
  running.push(server)
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`${command} ended with status ${server.exitCode}`)
    const answer = await fetch(address).catch(() => undefined)
    if (answer) return void answer.body?.cancel()
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error(`${command} does not answer at ${address}`)
}

const LARGE = 24 * 1024 * 1024
const small = await buildWheel({ metadata: { 'Description-Content-Type': 'text/unknown' } })
const sdist = await buildSdist({})
/** A wheel that is large, and does not get smaller. */
const noise = new Uint8Array(LARGE)
for (let at = 0, state = 1; at < LARGE; at++) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  noise[at] = state >>> 24
}
const encoder = new TextEncoder()
const wheel = writeZip([
  { name: 'demo/data.bin', data: noise, method: 0 },
  ...small.entries.map(({ path, text }) => ({ name: path, data: encoder.encode(text) })),
])
const dist = join(scratch, 'dist')
mkdirSync(dist)
writeFileSync(join(dist, small.filename), wheel)
writeFileSync(join(dist, sdist.filename), sdist.bytes)
const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const UNITS: Readonly<Record<string, number>> = { bytes: 1, byte: 1, kB: 1e3, MB: 1e6, GB: 1e9 }

/** What a run received, in bytes, as its last line says. */
function received(stderr: string): number {
  const [, number = '', unit = ''] = /Received ([0-9.,]+) (\S+) in /.exec(stderr) ?? []
  const found = Number(number.replaceAll(',', '')) * (UNITS[unit] ?? Number.NaN)
  if (Number.isNaN(found)) throw new Error(`it does not say how much it received: ${stderr}`)
  return found
}

/** Audits the release of an index in both ways. `ranges`: does the server have them? */
async function auditRelease(index: string, ranges: boolean): Promise<string> {
  const args = ['index', '--no-config', '--format', 'json', '--index-url', index, 'demo']
  const env = { HOME: scratch }
  const whole = await run([...args, '--all-files'], { env, cwd: scratch })
  const report = JSON.parse(whole.stdout || '{}')
  const digests = (report.distributions ?? []).map((one: { sha256: string }) => one.sha256).sort()
  const expected = [hex(wheel), hex(sdist.bytes)].sort()
  if (JSON.stringify(digests) !== JSON.stringify(expected))
    throw new Error(`it read other files: ${JSON.stringify(digests)}\n${whole.stderr}`)
  if (!whole.stdout.includes('description-content-type-invalid')) throw new Error('it missed the finding')
  if (whole.stdout.includes('"index-')) throw new Error(`the index and the file differ: ${whole.stdout}`)
  const part = await run([...args, '--profile', 'pypi'], { env, cwd: scratch })
  if (!part.stdout.includes('description-content-type-invalid'))
    throw new Error(`it missed the finding\n${part.stderr}`)
  const share = received(part.stderr) / wheel.length
  if (ranges && share > 0.01) throw new Error(`it received ${(share * 100).toFixed(2)} % of the wheel\n${part.stderr}`)
  return `whole ${whole.stderr.trim().split('\n').at(-1)} pypi ${(share * 100).toFixed(2)} % of the wheel`
}

async function pypiserver(python: string): Promise<void> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}/`
  await start(python, ['-m', 'pypiserver', 'run', '-i', '127.0.0.1', '-p', String(port), dist], address)
  await check('pypiserver', () => auditRelease(`${address}simple/`, true))
}

async function devpi(python: string): Promise<void> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const server = join(scratch, 'devpi')
  const bin = dirname(python)
  const client = (...args: string[]) => tool(join(bin, 'devpi'), [...args, '--clientdir', join(scratch, 'client')])
  tool(join(bin, 'devpi-init'), ['--serverdir', server, '--no-root-pypi'])
  await start(
    join(bin, 'devpi-server'),
    ['--serverdir', server, '--host', '127.0.0.1', '--port', String(port)],
    address,
  )
  client('use', address)
  client('login', 'root', '--password', '')
  client('index', '-c', 'root/dev')
  client('use', 'root/dev')
  client('upload', join(dist, small.filename), join(dist, sdist.filename))
  await check('devpi', () => auditRelease(`${address}/root/dev/+simple/`, true))
}

async function nginx(): Promise<void> {
  const page = join(scratch, 'www', 'simple', 'demo')
  const files = join(scratch, 'www', 'files')
  for (const folder of [page, files]) mkdirSync(folder, { recursive: true })
  for (const [filename, bytes] of [
    [small.filename, wheel],
    [sdist.filename, sdist.bytes],
  ] as const)
    writeFileSync(join(files, filename), bytes)
  const links = [
    [small.filename, wheel],
    [sdist.filename, sdist.bytes],
  ] as const
  writeFileSync(
    join(page, 'index.html'),
    `<!DOCTYPE html><html><body>${links.map(([name, bytes]) => `<a href="../../files/${name}#sha256=${hex(bytes)}">${name}</a>`).join('\n')}</body></html>`,
  )
  for (const ranges of [true, false]) {
    const port = await freePort()
    const config = join(scratch, `nginx-${ranges}.conf`)
    writeFileSync(
      config,
      `daemon off; pid ${scratch}/nginx-${ranges}.pid; error_log stderr; events {}
http { access_log off; client_body_temp_path ${scratch}/body; server { listen 127.0.0.1:${port}; root ${scratch}/www; default_type application/octet-stream;
types { text/html html; } ${ranges ? '' : 'max_ranges 0;'} } }\n`,
    )
    tool('chmod', ['-R', 'a+rX', scratch])
    await start('nginx', ['-p', scratch, '-c', config], `http://127.0.0.1:${port}/simple/demo/`)
    await check(`nginx ${ranges ? 'with' : 'without'} ranges`, () =>
      auditRelease(`http://127.0.0.1:${port}/simple/`, ranges),
    )
  }
}

/** Whichever index pip uses on this machine. */
async function ownIndex(): Promise<void> {
  const cases: readonly (readonly string[])[] = [
    ['six', '--all-files'],
    ['flask', '--all-files', '--select', 'metadata'],
    ['numpy==2.3.4', '--profile', 'pypi'],
    ['torch', '--profile', 'pypi'],
  ]
  for (const args of cases)
    await check(`index ${args.join(' ')}`, async () => {
      const { status, stderr, stdout } = await run(['index', '--no-config', '--format', 'concise', ...args], {
        env: process.env,
        cwd: scratch,
      })
      if (status === 2) throw new Error(stderr)
      if (/file-unreadable|index-/.test(stdout)) throw new Error(stdout)
      return `${stderr.trim().split('\n').at(-1)}`
    })
}

function skip(name: string, why: string): void {
  skipped++
  console.log(`skip ${name}: ${why}`)
}

try {
  if (isAsked('pypiserver') || isAsked('devpi')) {
    const python = preparePython('remote', ['pypiserver', 'devpi-server', 'devpi-client'])
    if (isAsked('pypiserver')) await pypiserver(python)
    if (isAsked('devpi')) await devpi(python)
  }
  if (isAsked('nginx')) {
    if (spawnSync('nginx', ['-v']).error) skip('nginx', 'it is not in PATH')
    else await nginx()
  }
  if (isAsked('index')) await ownIndex()
} finally {
  for (const server of running) server.kill()
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
if (failed > 0) process.exitCode = 1
