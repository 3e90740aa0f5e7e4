import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Built, buildSdist, buildWheel } from '../../fixtures/build.js'
import { networkConfig } from '../../src/remote/config.js'
import { credentialsOf, parseNetrc } from '../../src/remote/credentials.js'
import { newestRelease, readPage, versionOf } from '../../src/remote/simple.js'
import type { Report } from '../../src/report/report.js'
import { run } from '../support/run-command.js'
import { type Served, serve, type TestServer } from './server.js'

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json'
const HTML_TYPE = 'application/vnd.pypi.simple.v1+html'

const digest = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex')

let home: string
let open: TestServer[] = []
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'distaudit-remote-'))
})
afterEach(async () => {
  rmSync(home, { recursive: true, force: true })
  await Promise.all(open.map(server => server.close()))
  open = []
})
const served = async (...args: Parameters<typeof serve>) => {
  const server = await serve(...args)
  open.push(server)
  return server
}

interface Release {
  readonly files: readonly Built[]
  readonly json?: boolean
  /** Keys of each file of the page. */
  readonly more?: (file: Built, index: number) => Readonly<Record<string, unknown>>
  readonly page?: Readonly<Record<string, unknown>>
  readonly others?: Readonly<Record<string, Served | Uint8Array | string>>
  readonly first?: NonNullable<Parameters<typeof serve>[1]>['first']
}

/** An index with one project. */
function indexOf({ files, json = true, more = () => ({}), page = {}, others = {}, first }: Release) {
  const listed = files.map((file, index) => ({
    filename: file.filename,
    url: `../../files/${file.filename}`,
    hashes: { sha256: digest(file.bytes) },
    size: file.bytes.length,
    ...more(file, index),
  }))
  const html = listed
    .map(
      ({ filename, url, hashes }) =>
        `<a href="${url}#sha256=${hashes.sha256}" data-requires-python="&gt;=3.9">${filename}</a><br>`,
    )
    .join('\n')
  const text = json
    ? JSON.stringify({ meta: { 'api-version': '1.4' }, name: 'demo', files: listed, ...page })
    : `<!DOCTYPE html><html><body>${html}</body></html>`
  const bytes = new TextEncoder().encode(text)
  return served(
    {
      '/simple/demo/': { bytes, headers: { 'content-type': json ? JSON_TYPE : HTML_TYPE } },
      ...Object.fromEntries(files.map(file => [`/files/${file.filename}`, file.bytes])),
      ...others,
    },
    { first },
  )
}

const indexCommand = async (server: TestServer, args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const index =
    args.includes('--index-url') || env.PIP_INDEX_URL || env.UV_DEFAULT_INDEX
      ? []
      : ['--index-url', `${server.origin}/simple`]
  const result = await run(['index', '--no-config', '--format', 'json', ...index, ...args], {
    env: { HOME: home, XDG_CONFIG_HOME: home, PIP_CONFIG_FILE: '/dev/null', ...env },
    cwd: home,
  })
  const report = result.stdout === '' ? undefined : (JSON.parse(result.stdout) as Report)
  const rules = [...(report?.distributions ?? []), ...(report?.releases ?? [])].flatMap(({ findings }) =>
    findings.map(({ rule }) => rule),
  )
  return { ...result, report, rules, files: report?.distributions.map(({ filename }) => filename) ?? [] }
}

const wheel = await buildWheel({})
const sdist = await buildSdist({})
const newer = await buildWheel({ version: '2.0' })
const pre = await buildWheel({ version: '3.0rc1' })

it('a page that only opens brackets is not parsed', () => {
  const at = new URL('http://index.example/simple/demo/')
  const page = (text: string) => readPage(new TextEncoder().encode(text), JSON_TYPE, at)
  expect(() => page('['.repeat(2_000_000))).toThrow('nested too deeply')
  expect(page(`{"files": [], "x": "${'['.repeat(100)}\\"{"}`).files).toEqual([])
})

describe('a release', () => {
  it.each([true, false])('is found on a page, as JSON: %s', async json => {
    const server = await indexOf({ files: [wheel, sdist, newer, pre], json })
    const result = await indexCommand(server, ['demo'])
    expect(result.files).toEqual([newer.filename])
    expect(result.report?.distributions[0]).toMatchObject({
      path: `${server.origin}/files/${newer.filename}`,
      sha256: digest(newer.bytes),
    })
    expect(result.stderr).toContain(`has 1 file of demo 2.0`)
    expect(server.seen[0]?.headers.accept).toContain(JSON_TYPE)
  })

  it('is audited whole with --all-files', async () => {
    const server = await indexOf({ files: [wheel, sdist, newer] })
    const result = await indexCommand(server, ['--all-files', 'Demo==1.0'])
    expect(result.files).toEqual([wheel.filename, sdist.filename])
    expect(result.report?.releases.map(({ version }) => version)).toEqual(['1.0'])
    expect(result.report?.releases[0]?.distributions.length).toBe(2)
  })

  it('may be a pre-release where that is asked for', async () => {
    const server = await indexOf({ files: [wheel, pre] })
    expect((await indexCommand(server, ['demo', '--pre'])).files).toEqual([pre.filename])
    expect((await indexCommand(server, ['demo==3rc1'])).files).toEqual([pre.filename])
    const only = await indexOf({ files: [pre] })
    expect((await indexCommand(only, ['demo'])).files).toEqual([pre.filename])
  })

  it('is not one that was yanked, unless it is named', async () => {
    const server = await indexOf({
      files: [wheel, newer],
      more: (_, index) => (index === 1 ? { yanked: 'breaks everything' } : {}),
    })
    expect((await indexCommand(server, ['demo'])).files).toEqual([wheel.filename])
    const named = await indexCommand(server, ['demo==2.0'])
    expect(named.files).toEqual([newer.filename])
    expect(named.stderr).toContain('is yanked: breaks everything.')
  })

  it('is of a project with a status', async () => {
    const page = { 'project-status': { status: 'archived', reason: 'use demo2' } }
    const result = await indexCommand(await indexOf({ files: [wheel], page }), ['demo'])
    expect(result.stderr).toContain('The index says that the project is archived: use demo2.')
  })

  it.each([
    [['demo==9'], /has no release ==9\. The newest one is 1\.0\./],
    [['other'], /There is no project 'other' on http:.*\/simple\/\./],
    [['demo; python_version > "3"'], /more than a name and versions/],
    [['./demo.whl'], /is not the name of a project/],
    [[], /Name one project/],
  ])('that is not there: %j', async (args, message) => {
    const result = await indexCommand(await indexOf({ files: [wheel] }), args)
    expect(result.status).toBe(2)
    expect(result.stderr).toMatch(message)
  })

  it('needs a page that is one', async () => {
    const server = await served({
      '/simple/demo/': { bytes: new TextEncoder().encode('{"files": 1}'), headers: { 'content-type': JSON_TYPE } },
    })
    expect((await indexCommand(server, ['demo'])).stderr).toContain('is not a page of the simple repository API')
    const next = await indexOf({ files: [wheel], page: { meta: { 'api-version': '2.0' } } })
    expect((await indexCommand(next, ['demo'])).stderr).toContain('version 2.0 of the API')
  })
})

describe('what the index says of a file', () => {
  const metadataOf = (built: Built) => built.entries.find(({ path }) => path.endsWith('METADATA'))?.text ?? ''
  const found = async (more: Record<string, unknown>, others: Release['others'] = {}) =>
    (await indexCommand(await indexOf({ files: [wheel], more: () => more, others }), ['demo'])).rules

  it('is compared with it', async () => {
    expect(await found({})).toEqual([])
    expect(await found({ hashes: { sha256: 'a'.repeat(64) } })).toEqual(['index-digest-mismatch'])
    expect(await found({ size: 12345 })).toEqual(['index-size-mismatch'])
    expect(await found({ 'requires-python': '>=3.5' })).toEqual(['index-requires-python-differs'])
  })

  it('is compared with its metadata file', async () => {
    const path = `/files/${wheel.filename}.metadata`
    const text = metadataOf(wheel)
    const stated = { 'core-metadata': { sha256: digest(text) } }
    expect(await found(stated, { [path]: text })).toEqual([])
    expect(await found({ 'dist-info-metadata': true }, { [path]: text })).toEqual([])
    expect(await found({ 'core-metadata': true }, { [path]: `${text}\nmore` })).toEqual(['index-metadata-differs'])
    expect(await found({ 'core-metadata': { sha256: 'a'.repeat(64) } }, { [path]: text })).toEqual([
      'index-metadata-differs',
    ])
    expect(await found(stated)).toEqual(['index-metadata-differs'])
  })

  it('is compared with its provenance', async () => {
    const provenance = (name: string, sha256: string) => {
      const statement = { subject: [{ name, digest: { sha256 } }] }
      const envelope = { statement: Buffer.from(JSON.stringify(statement)).toString('base64') }
      return JSON.stringify({ version: 1, attestation_bundles: [{ attestations: [{ version: 1, envelope }] }] })
    }
    const more = { provenance: '/provenance/demo' }
    const right = digest(wheel.bytes)
    const saying = (text: string) => found(more, { '/provenance/demo': text })
    expect(await saying(provenance(wheel.filename, right))).toEqual([])
    expect(await saying(provenance(wheel.filename, 'b'.repeat(64)))).toEqual(['provenance-mismatch'])
    expect(await saying(provenance('other-1.0-py3-none-any.whl', right))).toEqual(['provenance-mismatch'])
    expect(await saying('{}')).toEqual(['provenance-mismatch'])
    expect(await found(more)).toEqual(['provenance-mismatch'])
  })

  it('is a digest behind an address too', async () => {
    const server = await indexOf({ files: [wheel] })
    const address = `${server.origin}/files/${wheel.filename}#sha256=`
    const rules = async (hash: string) =>
      (
        JSON.parse((await run(['--no-config', '--format', 'json', address + hash])).stdout) as Report
      ).distributions[0]?.findings.map(({ rule }) => rule)
    expect(await rules(digest(wheel.bytes))).toEqual([])
    expect(await rules('c'.repeat(64))).toEqual(['index-digest-mismatch'])
  })
})

describe('the address of the index', () => {
  const asked = (env: NodeJS.ProcessEnv) => (server: TestServer) => indexCommand(server, ['demo'], env)

  it.each(['PIP_INDEX_URL', 'UV_DEFAULT_INDEX'])('comes from %s', async name => {
    const server = await indexOf({ files: [wheel] })
    expect((await asked({ [name]: `${server.origin}/simple/` })(server)).files).toEqual([wheel.filename])
  })

  it.each([
    ['pip/pip.conf', (url: string) => `[global]\nindex-url = ${url}\n`],
    ['uv/uv.toml', (url: string) => `[[index]]\nname = "own"\nurl = "${url}"\ndefault = true\n`],
  ])('comes from %s', async (file, text) => {
    const server = await indexOf({ files: [wheel] })
    mkdirSync(join(home, file, '..'), { recursive: true })
    writeFileSync(join(home, file), text(`${server.origin}/simple`))
    const result = await run(['index', '--no-config', '--format', 'json', 'demo'], {
      env: { HOME: home, XDG_CONFIG_HOME: home },
      cwd: home,
    })
    expect(result.stdout).toContain(wheel.filename)
  })

  it.each([
    ['pip', { PIP_EXTRA_INDEX_URL: 'https://b.example/ https://c.example' }, ['pypi.org', 'b.example', 'c.example']],
    [
      'pip',
      { PIP_INDEX_URL: 'https://a.example', PIP_EXTRA_INDEX_URL: 'https://b.example' },
      ['a.example', 'b.example'],
    ],
    ['uv', { UV_INDEX: 'own=https://b.example' }, ['b.example', 'pypi.org']],
    ['uv', { UV_DEFAULT_INDEX: 'own=https://a.example', UV_INDEX: 'https://b.example' }, ['b.example', 'a.example']],
  ])('is one of several, as %s asks them: %j', async (_who, env, hosts) => {
    const { indexes } = await networkConfig({ env, cwd: home, home, platform: 'linux' }, undefined)
    expect(indexes.map(index => new URL(index).hostname)).toEqual(hosts)
  })

  it('has the default one last in uv.toml', async () => {
    const file = join(home, 'uv.toml')
    writeFileSync(file, '[[index]]\nurl = "https://a.example"\ndefault = true\n[[index]]\nurl = "https://b.example"\n')
    const env = { UV_CONFIG_FILE: file }
    const { indexes } = await networkConfig({ env, cwd: home, home, platform: 'linux' }, undefined)
    expect(indexes).toEqual(['https://b.example/', 'https://a.example/'])
  })

  it('may send its page packed, though it is asked not to', async () => {
    const server = await indexOf({
      files: [wheel],
      others: {
        '/simple/packed/': { bytes: gzipSync('<a href="demo.whl">x</a>'), headers: { 'content-encoding': 'gzip' } },
      },
    })
    const result = await run(['index', '--no-config', '--index-url', `${server.origin}/simple/`, 'packed'])
    expect(result.stderr).toContain('It lists no wheels and sdists.')
  })

  it('may have a user name and a password, which nobody sees', async () => {
    const basic = `Basic ${Buffer.from('ann:s3cret/1').toString('base64')}`
    const server = await indexOf({
      files: [wheel],
      first(request, response) {
        if (request.headers.authorization === basic) return false
        response.writeHead(401).end()
        return true
      },
    })
    const index = `${server.origin.replace('://', '://ann:s3cret%2F1@')}/simple/`
    for (const format of ['text', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'rdjson', 'html']) {
      const args = ['index', '--no-config', '--select', 'ALL', '--format', format, '--index-url', index]
      const options = { env: { HOME: home }, cwd: home }
      for (const name of ['demo', 'missing', 'demo==9']) {
        const { stdout, stderr, status } = await run([...args, name], options)
        expect(`${stdout}${stderr}`).not.toMatch(/s3cret|ann:/)
        expect(status === 2).toBe(name !== 'demo')
      }
    }
    const direct = `${server.origin.replace('://', '://ann:s3cret%2F1@')}/files/${wheel.filename}`
    for (const more of [[], ['--show-settings']]) {
      const { stdout, stderr } = await run(['--no-config', ...more, direct], { env: { HOME: home }, cwd: home })
      expect(`${stdout}${stderr}`).not.toMatch(/s3cret|ann:/)
      expect(stdout).toContain(wheel.filename)
    }
  })

  it('is told what netrc says of its host', async () => {
    const server = await indexOf({
      files: [wheel],
      first(request, response) {
        if (request.headers.authorization === `Basic ${Buffer.from('bob:pw').toString('base64')}`) return false
        response.writeHead(401, { 'www-authenticate': 'Basic' }).end()
        return true
      },
    })
    expect((await indexCommand(server, ['demo'])).stderr).toContain('answers 401 (it wants a user name and a password)')
    writeFileSync(
      join(home, '.netrc'),
      'machine other.example login x password y\nmachine 127.0.0.1 login bob password pw\n',
    )
    expect((await indexCommand(server, ['demo'])).files).toEqual([wheel.filename])
  })
})

describe('credentials', () => {
  it('ask keyring for the user of an address where the server has refused', async () => {
    const asked: string[] = []
    const credentials = credentialsOf({
      env: {},
      home,
      keyring: true,
      askKeyring: async (service, user) => {
        asked.push(`${service} ${user}`)
        return service === 'index.example' ? 'pw' : undefined
      },
    })
    const url = credentials.take(new URL('https://ann@index.example/simple/'))
    expect(url.href).toBe('https://index.example/simple/')
    // It could be a token.
    expect(await credentials.authorize(url, false)).toBe(`Basic ${Buffer.from('ann:').toString('base64')}`)
    expect(await credentials.authorize(url, true)).toBe(`Basic ${Buffer.from('ann:pw').toString('base64')}`)
    expect(asked).toEqual(['https://index.example/simple/ ann', 'index.example ann'])
    expect(await credentials.authorize(new URL('http://index.example/simple/'), true)).toBeUndefined()
    expect(await credentials.authorize(new URL('https://index.example:8443/'), true)).toBeUndefined()
  })

  it('take from netrc the password of the user of an address, and of nobody else', async () => {
    writeFileSync(join(home, '.netrc'), 'machine index.example login ann password pw\n')
    const told = async (user: string) => {
      const credentials = credentialsOf({ env: {}, home, keyring: false })
      return credentials.authorize(credentials.take(new URL(`https://${user}@index.example/simple/`)), false)
    }
    expect(await told('ann')).toBe(`Basic ${Buffer.from('ann:pw').toString('base64')}`)
    expect(await told('bob')).toBe(`Basic ${Buffer.from('bob:').toString('base64')}`)
  })

  it('read netrc', () => {
    const text = `# comment
machine a.example
  login ann password "with \\"quotes\\" and space"
macdef init
machine no.example login x password y

machine b.example login bob account z password #hash # comment
default login d password e`
    expect([...parseNetrc(text)]).toEqual([
      ['a.example', { user: 'ann', password: 'with "quotes" and space' }],
      ['b.example', { user: 'bob', password: '#hash' }],
      ['', { user: 'd', password: 'e' }],
    ])
  })
})

describe('a page', () => {
  const at = new URL('https://index.example/simple/demo/')
  const read = (text: string, type = 'text/html') => readPage(new TextEncoder().encode(text), type, at)

  it('is read as browsers read it', () => {
    const page = read(`<!-- <a href="no-1.0.tar.gz">no</a> -->
<html><head><meta name="pypi:repository-version" content="1.4"><meta name=pypi:project-status content=deprecated>
<base href="https://files.example/x/"></head>
<A class='b' HREF='demo-1.0.tar.gz#sha256=${'A'.repeat(64)}' data-yanked data-core-metadata="sha256=${'b'.repeat(64)}">
 demo-1.0.tar.gz </a><a href="javascript:x">x</a><a>y</a>`)
    expect(page.status).toBe('deprecated')
    expect(page.files).toEqual([
      {
        filename: 'demo-1.0.tar.gz',
        url: new URL('https://files.example/x/demo-1.0.tar.gz'),
        sha256: 'a'.repeat(64),
        size: undefined,
        requiresPython: undefined,
        yanked: '',
        metadata: { sha256: 'b'.repeat(64) },
        provenance: undefined,
      },
    ])
  })

  it.each(['', 'plain text', '<html', '<a href="x', '<a <a <a'])('that is broken is not one, or empty: %j', text => {
    let files: readonly unknown[] = []
    try {
      files = read(text).files
    } catch (error) {
      expect((error as Error).message).toBe("it is neither HTML nor JSON, and its Content-Type is 'text/html'")
    }
    expect(files).toEqual([])
  })

  it('has versions in the order of PEP 440', () => {
    const names = [
      'demo-1.9.tar.gz',
      'demo-1.10.tar.gz',
      'demo-1.10.post1.tar.gz',
      'demo-2.0.dev1.tar.gz',
      'demo-x.zip',
    ]
    const page = read(`<html>${names.map(name => `<a href="${name}">${name}</a>`).join('')}`)
    expect(newestRelease(page, 'demo', '', false)?.version.toString()).toBe('1.10.post1')
    expect(newestRelease(page, 'demo', '', true)?.version.toString()).toBe('2.0.dev1')
    expect(newestRelease(page, 'demo', '==1.10.0', false)?.files.map(({ filename }) => filename)).toEqual([
      'demo-1.10.tar.gz',
    ])
  })

  it('has old sdists whose names have hyphens', () => {
    expect(versionOf('a-b-c-1.0.tar.gz', 'a-b-c')?.toString()).toBe('1.0')
    expect(versionOf('a-b-1.0.tar.gz', 'a')).toBeUndefined()
  })

  it('has no files of endless names', () => {
    const versionWith = (zeros: number) => versionOf(`a-${'0'.repeat(zeros)}1.0.tar.gz`, 'a')?.toString()
    expect(versionWith(100)).toBe('1.0')
    expect(versionWith(10_000)).toBeUndefined()
  })
})
