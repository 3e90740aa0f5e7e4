import { createHash } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { audit, diff, show } from '../../src/index.js'
import { type ConnectOptions, connect, type Remote, UsageError } from '../../src/remote/index.js'
import { run } from '../support/run-command.js'
import { serve, type TestServer } from './server.js'

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json'
const env = { HOME: '/nowhere', XDG_CONFIG_HOME: '/nowhere', PIP_CONFIG_FILE: '/dev/null' }
const wheel = await buildWheel({})
const newer = await buildWheel({ version: '2.0', files: { 'demo/more.py': 'x = 1\n' } })

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

const sha256 = createHash('sha256').update(wheel.bytes).digest('hex')
const page = (text: string, type: string, headers = {}) => ({
  bytes: new TextEncoder().encode(text),
  headers: { 'content-type': type, ...headers },
})

async function index(first?: NonNullable<Parameters<typeof serve>[1]>['first']): Promise<TestServer> {
  const files = [wheel, newer].map(({ filename, bytes }) => ({
    filename,
    url: `../../files/${filename}`,
    hashes: filename === wheel.filename ? { sha256 } : {},
    size: bytes.length,
  }))
  const server = await serve(
    {
      '/simple/': page(
        JSON.stringify({ meta: { 'api-version': '1.1' }, projects: [{ name: 'Demo', '_last-serial': 7 }, {}] }),
        JSON_TYPE,
      ),
      '/html/': page('<html><a href="/html/demo/">Demo &amp; co</a><a></a></html>', 'text/html'),
      '/simple/demo/': page(JSON.stringify({ meta: { 'api-version': '1.1' }, files }), JSON_TYPE, { etag: '"a"' }),
      [`/files/${wheel.filename}`]: wheel.bytes,
      [`/files/${newer.filename}`]: newer.bytes,
    },
    { first },
  )
  opened.push(server)
  return server
}

async function connected(options: ConnectOptions = {}): Promise<Remote> {
  const remote = await connect({ env, cwd: '/', ...options })
  opened.push(remote)
  return remote
}

const bytesOf = async (stream: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

it('audits, shows and compares files of servers', async () => {
  const { origin } = await index()
  const remote = await connected({ indexUrl: `${origin}/simple` })
  const { files, notes } = await remote.release('demo')
  expect(notes[0]).toContain('of demo 2.0')
  const report = await audit(files)
  expect(report.distributions.map(({ path }) => path)).toEqual([`${origin}/files/${newer.filename}`])
  const old = remote.file(`${origin}/files/${wheel.filename}`)
  expect((await show([old]))[0]).toMatchObject({ kind: 'wheel', file: { digests: { sha256 } } })
  const comparison = await diff(old, files)
  expect(comparison.pairs[0]?.files.added.map(({ path }) => path)).toContain('demo/more.py')
})

it('compares a file with the digest that it is to have', async () => {
  const { origin } = await index()
  const address = `${origin}/files/${wheel.filename}`
  const remote = await connected()
  const rules = async (digest: string) => {
    const report = await audit([remote.file(address, { sha256: digest })])
    return report.distributions[0]?.findings.map(({ rule }) => rule)
  }
  expect(await rules(sha256)).not.toContain('index-digest-mismatch')
  expect(await rules('0'.repeat(64))).toContain('index-digest-mismatch')
})

it('reads the list of projects', async () => {
  const { origin } = await index()
  const remote = await connected()
  expect(await remote.projects(`${origin}/simple`)).toEqual([{ name: 'Demo', serial: '7' }])
  expect(await remote.projects(`${origin}/html/`)).toEqual([{ name: 'Demo & co', serial: undefined }])
  await expect(remote.projects(`${origin}/files/${wheel.filename}`)).rejects.toThrow(UsageError)
})

it('asks for a page that has changed', async () => {
  const { origin, seen } = await index((request, response) => {
    if (request.headers['if-none-match'] !== '"a"') return false
    response.writeHead(304).end()
    return true
  })
  const remote = await connected()
  const found = await remote.files(`${origin}/simple`, 'DEMO')
  expect(found).toMatchObject({ etag: '"a"', files: [{ filename: wheel.filename, sha256 }, {}] })
  expect(await remote.files(`${origin}/simple`, 'demo', '"a"')).toBe('unchanged')
  expect(await remote.files(`${origin}/simple`, 'other')).toEqual({ files: [], etag: undefined })
  expect(seen.map(({ path }) => path)).toEqual(['/simple/demo/', '/simple/demo/', '/simple/other/'])
})

it('downloads, and asks each address only after a look at it', async () => {
  const { origin } = await index((request, response) => {
    if (request.url !== '/moved') return false
    response.writeHead(302, { location: '/files/secret' }).end()
    return true
  })
  const remote = await connected({
    check(url) {
      if (url.pathname.endsWith('secret')) throw new RangeError('not there')
    },
  })
  expect(await bytesOf(remote.download(`${origin}/files/${wheel.filename}`))).toEqual(Buffer.from(wheel.bytes))
  await expect(bytesOf(remote.download(`${origin}/moved`))).rejects.toThrow(RangeError)
  await expect(bytesOf(remote.download(`${origin}/gone`))).rejects.toThrow('answers 404')
  await expect(bytesOf(remote.download('gone'))).rejects.toThrow(UsageError)
})

it('tells nobody a password, where that is not wanted', async () => {
  const server = await index()
  const address = `${server.origin.replace('//', '//me:secret@')}/files/${wheel.filename}`
  await bytesOf((await connected()).download(address))
  await bytesOf((await connected({ credentials: false })).download(address))
  expect(server.seen.map(({ authorization }) => authorization !== undefined)).toEqual([true, false])
})

it('is what the commands show and diff read from', async () => {
  const { origin } = await index()
  const [old, now] = [wheel, newer].map(({ filename }) => `${origin}/files/${filename}`)
  const shown = await run(['show', '--format', 'json', old!], { env, cwd: '/' })
  expect(JSON.parse(shown.stdout)).toMatchObject({ files: [{ path: old, file: { digests: { sha256 } } }] })
  const compared = await run(['diff', '--text', old!, now!], { env, cwd: '/' })
  expect(compared.status).toBe(0)
  expect(compared.stdout).toContain('demo/more.py')
  const missing = await run(['show', `${origin}/files/gone-1.0-py3-none-any.whl`], { env, cwd: '/' })
  expect(missing.status).toBe(1)
  expect(missing.stdout).toContain('answers 404')
})
