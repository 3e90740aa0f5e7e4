import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { type Pool, startPool } from '../../src/engine/pool.ts'
import { service } from '../../src/serve/service.ts'
import { temporary, writeWheel } from '../support.ts'

// The plug-in for devpi and the wrapper for pypiserver, with what pip installs: the network is needed.

const examples = fileURLToPath(new URL('../../examples/', import.meta.url))
const place = temporary()
const bin = join(place.folder, 'venv', 'bin')
const good = writeWheel(place.folder, 'demo')
const bad = join(place.folder, 'bad-1.0-py3-none-any.whl')
const started: ChildProcess[] = []
let pool: Pool
let app: FastifyInstance
let env: NodeJS.ProcessEnv

before(async () => {
  pool = startPool({ processes: 1 })
  app = await service({
    pool,
    folder: place.folder,
    tokens: ['secret'],
    processes: 1,
    waiting: 4,
    uploads: 4,
    mostBytes: 1_000_000,
    seconds: 60,
    stallSeconds: 30,
    hosts: [],
    log: false,
  })
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  env = { ...process.env, DISTAUDIT_SERVICE: origin, DISTAUDIT_TOKEN: 'secret' }
  execFileSync('python3', ['-m', 'venv', join(place.folder, 'venv')])
  execFileSync(join(bin, 'pip'), ['install', '-q', 'pypiserver', join(examples, 'devpi')])
})
after(async () => {
  for (const one of started) one.kill()
  await app.close()
  pool.close()
  place.remove()
})

const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

async function starts(command: string, args: readonly string[], origin: string): Promise<void> {
  started.push(spawn(command, args, { env, stdio: 'ignore' }))
  for (let tries = 0; tries < 120; tries++) {
    if (await fetch(origin).catch(() => undefined)) return
    await new Promise(resolve => setTimeout(resolve, 500))
  }
  throw new Error(`${command} does not answer.`)
}

/** As twine does it. */
async function upload(address: string, file: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const [name = '', version = ''] = basename(file).split('-')
  const form = new FormData()
  const fields = { ':action': 'file_upload', protocol_version: '1', metadata_version: '2.1', name, version }
  for (const [key, value] of Object.entries({ ...fields, filetype: 'bdist_wheel', pyversion: 'py3' }))
    form.set(key, value)
  form.set('content', new Blob([bytes]), basename(file))
  const authorization = `Basic ${Buffer.from('root:pw').toString('base64')}`
  const answer = await fetch(address, { method: 'POST', body: form, headers: { authorization } })
  return `${answer.status} ${answer.statusText}`
}

async function refuses(address: string): Promise<void> {
  assert.match(
    await upload(address, bad, new TextEncoder().encode('not a zip')),
    /^400 distaudit: The file is not a zip archive: .* \(zip-unreadable\)$/,
  )
  assert.match(
    await upload(address, bad, new Uint8Array(1_000_001)),
    /^400 distaudit: The file has more than 1000000 bytes\./,
  )
  assert.match(await upload(address, good, new Uint8Array(readFileSync(good))), /^200 /)
}

test('pypiserver takes what the service accepts', async () => {
  const port = await freePort()
  const packages = join(place.folder, 'packages')
  mkdirSync(packages)
  const origin = `http://127.0.0.1:${port}/`
  await starts(join(bin, 'python'), [join(examples, 'pypiserver', 'gate.py'), packages, String(port)], origin)
  await refuses(origin)
})

test('devpi takes what the service accepts', async () => {
  const port = await freePort()
  const folder = join(place.folder, 'devpi')
  execFileSync(join(bin, 'devpi-init'), ['--serverdir', folder, '--no-root-pypi', '--root-passwd', 'pw'], {
    stdio: 'ignore',
  })
  const origin = `http://127.0.0.1:${port}/`
  await starts(join(bin, 'devpi-server'), ['--serverdir', folder, '--port', String(port)], origin)
  const login = await fetch(`${origin}+login`, {
    method: 'POST',
    body: JSON.stringify({ user: 'root', password: 'pw' }),
  })
  const { result } = (await login.json()) as { result: { password: string } }
  const token = Buffer.from(`root:${result.password}`).toString('base64')
  const made = await fetch(`${origin}root/dev`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'x-devpi-auth': token },
    body: JSON.stringify({ bases: [], type: 'stage', volatile: true }),
  })
  assert.equal(made.status, 200)
  await refuses(`${origin}root/dev/`)
})
