import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { writeTarGz } from '../../fixtures/make/tar.js'
import { writeZip } from '../../fixtures/make/zip.js'
import { remoteSource } from '../../src/remote/file.js'
import { type Client, httpClient } from '../../src/remote/http.js'
import { proxyFor } from '../../src/remote/proxy.js'
import type { Report } from '../../src/report/report.js'
import { run } from '../support/run-command.js'
import { answer, type Served, serve, type TestServer } from './server.js'

let open: TestServer[] = []
const served = async (...args: Parameters<typeof serve>) => {
  const server = await serve(...args)
  open.push(server)
  return server
}
afterEach(async () => {
  await Promise.all(open.map(server => server.close()))
  open = []
})

const audit = async (address: string, ...options: string[]) => {
  const result = await run(['--no-config', '--format', 'json', ...options, address])
  return { ...result, report: JSON.parse(result.stdout) as Report }
}

const rulesIn = ({ report }: { readonly report: Report }) =>
  [...report.distributions, ...report.releases].flatMap(({ findings }) => findings.map(({ rule }) => rule))

/** Bytes that do not get smaller. */
function noise(size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let state = 1
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

const LARGE = 24 * 1024 * 1024
const small = await buildWheel({ metadata: { 'Description-Content-Type': 'text/unknown' } })
const encoder = new TextEncoder()

/** The same wheel with a large file in it, in front of its dist-info. */
const large = writeZip([
  { name: 'demo/data.bin', data: noise(LARGE) },
  ...small.entries.map(({ path, text }) => ({ name: path, data: encoder.encode(text) })),
])
const path = `/files/${small.filename}`

describe('a part of a wheel', () => {
  it.each([
    ['--profile', 'pypi'],
    ['--select', 'metadata,description'],
  ])('is enough for %s %s', async (...options) => {
    const server = await served({ [path]: large })
    const result = await audit(server.origin + path, ...options)
    expect(rulesIn(result)).toEqual(['description-content-type-invalid'])
    expect(server.sent()).toBeLessThan(large.length / 100)
    expect(server.seen.length).toBeLessThanOrEqual(3)
    const [distribution] = result.report.distributions
    expect(distribution).toMatchObject({ path: server.origin + path, size: large.length, sha256: '' })
    expect(result.stderr).toContain('Only a part of')
    expect(result.stderr).not.toMatch(/accept/)
  })

  it('is not enough for the other rules, nor with --whole', async () => {
    const server = await served({ [path]: large })
    const result = await audit(server.origin + path, '--profile', 'pypi', '--whole')
    expect(rulesIn(result)).toContain('description-content-type-invalid')
    expect(result.report.distributions[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(result.stderr).not.toContain('Only a part of')
    // No byte is sent twice, but for the blocks at the edges.
    expect(server.sent()).toBeLessThan(large.length * 1.02)
    const other = await audit(server.origin + path)
    expect(other.report.distributions[0]?.sha256).toBe(result.report.distributions[0]?.sha256)
  })

  it('is had from a server that does not count from the end', async () => {
    const server = await served(
      { [path]: large },
      {
        first(request, response) {
          if (!request.headers.range?.startsWith('bytes=-')) return false
          answer(response, large, undefined, { 'accept-ranges': 'bytes' })
          return true
        },
      },
    )
    const result = await audit(server.origin + path, '--profile', 'pypi')
    expect(rulesIn(result)).toEqual(['description-content-type-invalid'])
    expect(server.sent()).toBeLessThan(large.length / 100)
  })
})

describe('without ranges', () => {
  it.each([[[]], [['--profile', 'pypi']]])('a wheel comes in one stream: %j', async options => {
    const server = await served({ [path]: small.bytes }, { ranges: false })
    const result = await audit(server.origin + path, ...options)
    expect(rulesIn(result)).toContain('description-content-type-invalid')
    expect(server.seen.length).toBe(1)
  })

  it.each([
    [400, {}],
    [501, {}],
    [416, { 'content-range': `bytes */${small.bytes.length}` }],
    [206, { 'content-range': 'bytes 0-99/*' }],
  ] as const)('a server that answers %i to the question for a part is asked for the file', async (status, headers) => {
    const server = await served(
      { [path]: small.bytes },
      {
        first({ headers: { range } }, response) {
          if (range === undefined) return false
          response.writeHead(status, headers).end(status === 206 ? small.bytes.subarray(0, 100) : '')
          return true
        },
      },
    )
    const result = await audit(server.origin + path)
    expect(rulesIn(result)).toContain('description-content-type-invalid')
    expect(result.report.distributions[0]?.size).toBe(small.bytes.length)
    expect(server.seen.length).toBe(2)
  })

  it('the length need not be known', async () => {
    const server = await served(
      {},
      {
        first(_request, response) {
          response.write(small.bytes.subarray(0, 100))
          response.end(small.bytes.subarray(100))
          return true
        },
      },
    )
    const result = await audit(server.origin + path)
    expect(rulesIn(result)).toContain('description-content-type-invalid')
    expect(result.report.distributions[0]?.size).toBe(small.bytes.length)
  })
})

describe('an sdist', () => {
  it.each([true, false])('is read up to PKG-INFO, with ranges %s', async ranges => {
    const sdist = await buildSdist({ metadata: { 'Metadata-Version': '9.9' } })
    const entries = sdist.entries.map(({ path: name, text }) => ({ name, data: encoder.encode(text) }))
    const first = entries.filter(({ name }) => /^[^/]+\/PKG-INFO$/.test(name))
    const rest = entries.filter(one => !first.includes(one))
    const bytes = writeTarGz([...first, ...rest, { name: 'demo-1.0/data.bin', data: noise(LARGE / 2) }])
    const server = await served({ '/demo-1.0.tar.gz': bytes }, { ranges })
    const result = await audit(`${server.origin}/demo-1.0.tar.gz`, '--select', 'metadata')
    expect(rulesIn(result)).toEqual(['metadata-version-too-new'])
    if (ranges) expect(server.sent()).toBeLessThan(bytes.length / 10)
    expect(result.stderr).toContain('Only a part of')
  })
})

const clients: Client[] = []
const client = (options: Partial<Parameters<typeof httpClient>[0]> = {}) => {
  const made = httpClient({ userAgent: 'test', pause: async () => {}, ...options })
  clients.push(made)
  return made
}
afterEach(() => {
  for (const one of clients.splice(0)) one.close()
})

const bytes = noise(1024 * 1024)
const sourceOf = (server: TestServer, one = client()) =>
  remoteSource(one, new URL(`${server.origin}/x`), { from: 'start' })

describe('a file that is not what it was', () => {
  const changing = (before: Served, after: Served) =>
    served(
      {},
      {
        first(request, response, number) {
          const one = number === 1 ? before : after
          answer(response, one.bytes, request.headers.range, one.headers)
          return true
        },
      },
    )

  it.each([
    ['ETag', { etag: '"a"' }, { etag: '"b"' }, bytes],
    [
      'Last-Modified',
      { 'last-modified': 'Sun, 29 Nov 2026 10:00:00 GMT' },
      { 'last-modified': 'Sun, 29 Nov 2026 11:00:00 GMT' },
      bytes,
    ],
    ['size', {}, {}, bytes.subarray(0, 900_000)],
  ])('is told by its %s', async (what, first, second, later) => {
    const server = await changing({ bytes, headers: first }, { bytes: later, headers: second })
    const source = await sourceOf(server)
    await expect(source.read(500_000, 1000)).rejects.toThrow(
      new RegExp(`^the file changed on the server while it was read: its ${what} was `),
    )
  })

  it('is told by an If-Range that no longer holds', async () => {
    const server = await served(
      {},
      {
        first(request, response, number) {
          const isSame = number === 1 || request.headers['if-range'] === '"b"'
          answer(response, bytes, isSame ? request.headers.range : undefined, { etag: number === 1 ? '"a"' : '"b"' })
          return true
        },
      },
    )
    const source = await sourceOf(server)
    await expect(source.read(500_000, 1000)).rejects.toThrow('its ETag was "a" and is now "b"')
    expect(server.seen.at(-1)?.headers['if-range']).toBe('"a"')
  })

  it('is a finding', async () => {
    const server = await changing(
      { bytes: large, headers: { etag: '"a"' } },
      { bytes: large, headers: { etag: '"b"' } },
    )
    const result = await audit(server.origin + path)
    expect(rulesIn(result)).toEqual(['file-unreadable'])
    expect(result.stdout).toContain('the file changed on the server while it was read')
    expect(result.status).toBe(1)
  })
})

describe('a server that', () => {
  it('stalls is given up', async () => {
    const server = await served({}, { first: () => true })
    await expect(sourceOf(server, client({ patience: 50 }))).rejects.toThrow('the server sent nothing for 1 s')
    expect(server.seen.length).toBeLessThanOrEqual(4)
  })

  it('drips is given up', async () => {
    const drips = setInterval(() => {
      for (const response of dripping) response.write('x')
    }, 5)
    const dripping = new Set<ServerResponse>()
    const server = await served(
      {},
      {
        first(_request, response) {
          response.writeHead(200, { 'content-length': 65536 })
          response.on('close', () => dripping.delete(response))
          dripping.add(response)
          return true
        },
      },
    )
    try {
      const reading = async () => (await sourceOf(server, client({ patience: 100 }))).read(0, 2000)
      await expect(reading()).rejects.toThrow(/the server sent no more than \d+ bytes for 1 s/)
    } finally {
      clearInterval(drips)
    }
  })

  it('drips headers is given up', async () => {
    const drips = setInterval(() => {
      for (const { socket } of dripping) socket?.write('x')
    }, 5)
    const dripping = new Set<ServerResponse>()
    const server = await served(
      {},
      {
        first(_request, response) {
          response.socket?.write('HTTP/1.1 200 OK\r\nserver: ')
          response.on('close', () => dripping.delete(response))
          dripping.add(response)
          return true
        },
      },
    )
    try {
      await expect(sourceOf(server, client({ patience: 100 }))).rejects.toThrow(
        'the server did not get to the end of its headers in 1 s',
      )
    } finally {
      clearInterval(drips)
    }
  })

  it('stalls in the middle is asked again', async () => {
    const server = await served(
      { '/x': bytes },
      {
        first(_request, response, number) {
          if (number > 1) return false
          response.writeHead(206, { 'content-length': 65536, 'content-range': `bytes 0-65535/${bytes.length}` })
          response.write(bytes.subarray(0, 1000))
          return true
        },
      },
    )
    const source = await sourceOf(server, client({ patience: 1000 }))
    expect(await source.read(0, 2000)).toEqual(bytes.slice(0, 2000))
  })

  it.each([true, false])('breaks off is asked again, with ranges %s', async ranges => {
    const server = await served(
      { '/x': bytes },
      {
        ranges,
        first(request, response, number) {
          if (number !== (ranges ? 2 : 1)) return false
          response.writeHead(ranges ? 206 : 200, {
            'content-length': ranges ? 16384 : bytes.length,
            ...(ranges && { 'content-range': `bytes 491520-507903/${bytes.length}` }),
          })
          response.write(bytes.subarray(0, 1000), () => request.socket.destroy())
          return true
        },
      },
    )
    const source = await sourceOf(server)
    expect(await source.read(500_000, 1000)).toEqual(bytes.slice(500_000, 501_000))
  })

  it('says that it sends more than anybody wants is not listened to', async () => {
    const server = await served(
      {},
      {
        first(_, response) {
          response.writeHead(206, { 'content-range': 'bytes 0-4294967295/4294967296' })
          const more = () => void response.write(bytes)
          response.on('drain', more)
          more()
          return true
        },
      },
    )
    const source = await sourceOf(server)
    await expect(source.read(0, 100)).rejects.toThrow('sends the bytes from 0 to 4,294,967,296 where')
  })

  it('says that the file is larger than any is not read', async () => {
    const server = await served(
      {},
      {
        first(_, response) {
          response.writeHead(206, { 'content-range': 'bytes 0-9/8589934593' })
          response.end('0123456789')
          return true
        },
      },
    )
    await expect(sourceOf(server)).rejects.toThrow(
      'says that the file has 8,589,934,593 bytes, and at most 8,589,934,592 are read',
    )
  })

  it('always breaks off is given up', async () => {
    const server = await served(
      {},
      {
        first(request, response) {
          response.writeHead(200, { 'content-length': bytes.length })
          response.write(bytes.subarray(0, 1000), () => request.socket.destroy())
          return true
        },
      },
    )
    const source = await sourceOf(server)
    await expect(source.read(500_000, 1000)).rejects.toThrow('closed the connection before the end of its answer')
  })

  it.each([
    ['another part', 'bytes 0-16383/1048576', /sends the bytes from 0 to 16,384 where those from 491,520/],
    ['an unknown part', 'bytes 491520-507903/*', /without saying which/],
    ['more than it says', 'bytes 491520-491529/1048576', /sends more bytes than the 10 that its Content-Range states/],
  ])('sends %s is not believed', async (_, range, message) => {
    const server = await served(
      { '/x': bytes },
      {
        first(_request, response, number) {
          if (number === 1) return false
          response.writeHead(206, { 'content-range': range }).end(bytes.subarray(0, 16384))
          return true
        },
      },
    )
    const source = await sourceOf(server)
    await expect(source.read(500_000, 1000)).rejects.toThrow(message)
  })

  it('is busy is asked again when it says', async () => {
    const pauses: number[] = []
    const pause = async (milliseconds: number) => void pauses.push(milliseconds)
    const server = await served(
      { '/x': bytes },
      {
        first(_request, response, number) {
          if (number > 2) return false
          response.writeHead(number === 1 ? 429 : 503, number === 1 ? { 'retry-after': '7' } : {}).end()
          return true
        },
      },
    )
    await sourceOf(server, client({ pause }))
    expect(pauses).toEqual([7000, 1000])
  })

  it('wants to be left alone for long is left alone', async () => {
    const server = await served(
      {},
      {
        first(_request, response) {
          response.writeHead(429, { 'retry-after': '3600' }).end()
          return true
        },
      },
    )
    await expect(sourceOf(server)).rejects.toThrow(/429 \(too many requests\), and asks to wait for 3,600 seconds/)
    expect(server.seen.length).toBe(1)
  })

  it('does not have the file says so in a finding', async () => {
    const server = await served({})
    const result = await audit(server.origin + path)
    expect(rulesIn(result)).toEqual(['file-unreadable'])
    expect(result.stdout).toContain('answers 404 (there is no such file)')
    const text = await run(['--no-config', '--profile', 'pypi', server.origin + path])
    expect(text.status).toBe(1)
    expect(text.stdout).toContain('breaks: The file was not audited.')
    expect(text.stdout).not.toMatch(/PyPI would/)
  })

  it('sends a page to log in at instead of the file says so in a finding', async () => {
    const headers = { 'content-type': 'text/html' }
    const bytesOf = (text: string) => ({ bytes: encoder.encode(text), headers })
    const server = await served({ [path]: bytesOf('<html>Log in'), '/x': { bytes: large, headers } }, { ranges: false })
    expect((await audit(server.origin + path)).report.distributions[0]?.findings[0]?.message).toMatch(
      /answers with an HTML page, not with the file\.$/,
    )
    expect((await sourceOf(server)).size).toBe(large.length)
  })

  it('redirects without end is given up', async () => {
    const server = await served(
      {},
      {
        first(_request, response) {
          response.writeHead(302, { location: '/x' }).end()
          return true
        },
      },
    )
    await expect(sourceOf(server)).rejects.toThrow('redirects more than 10 times')
  })
})

it('waits for servers without counting that as work', async () => {
  const server = await served({ '/x': bytes }, { ranges: false })
  const one = client()
  const source = await sourceOf(server, one)
  await source.read(0, 10)
  const before = one.waited()
  // Nobody waits for the rest.
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(one.waited()).toBe(before)
  await source.close?.()
})

describe('an index that is wrong about the size', () => {
  it.each([100, 200_000, 10 * 1024 * 1024])('as with %i', async size => {
    const server = await served({ '/x': bytes })
    const source = await remoteSource(client(), new URL(`${server.origin}/x`), { from: 'end', size })
    expect(source.size).toBe(bytes.length)
    expect(await source.read(bytes.length - 70_000, 70_000)).toEqual(bytes.slice(-70_000))
    expect(server.sent()).toBeLessThan(bytes.length / 2)
  })
})

describe('a proxy', () => {
  it('is asked for http addresses, but for those that are excepted', async () => {
    const server = await served(
      {},
      {
        first(request, response) {
          answer(response, encoder.encode(`${request.url} ${request.headers['proxy-authorization']}`), undefined)
          return true
        },
      },
    )
    const env = { http_proxy: server.origin.replace('://', '://ann:pw@'), NO_PROXY: 'intern.example,.corp.example:81' }
    const one = client({ env })
    const { bytes: body } = await one.whole(new URL('http://index.example/simple/?a=b'), {}, 1000)
    expect(new TextDecoder().decode(body)).toBe(`http://index.example/simple/?a=b Basic ${btoa('ann:pw')}`)
    const excepted = (address: string) => proxyFor(new URL(address), env) === undefined
    expect(excepted('http://intern.example/')).toBe(true)
    expect(excepted('http://a.intern.example/')).toBe(true)
    expect(excepted('http://notintern.example/')).toBe(false)
    expect(excepted('http://a.corp.example:81/')).toBe(true)
    expect(excepted('http://a.corp.example:82/')).toBe(false)
    expect(() => proxyFor(new URL('http://a.example'), { http_proxy: 'socks5://127.0.0.1' })).toThrow(/socks5/)
  })

  it('makes a tunnel for https addresses', async () => {
    const asked: string[] = []
    const server = createServer().on('connect', (request, socket) => {
      asked.push(`${request.url} ${request.headers['proxy-authorization']}`)
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const one = client({ env: { HTTPS_PROXY: `http://ann:pw@127.0.0.1:${port}` } })
    await expect(one.get(new URL('https://index.example/simple/'))).rejects.toThrow('the proxy answers 403')
    expect(asked).toEqual([`index.example:443 Basic ${btoa('ann:pw')}`])
    await new Promise(resolve => server.close(resolve))
  })
})

it('tells no other server what it told the first', async () => {
  const other = await served({ '/x': bytes })
  const server = await served(
    {},
    {
      first(_request, response) {
        response.writeHead(302, { location: `${other.origin.replace('127.0.0.1', 'user:secret@localhost')}/x` }).end()
        return true
      },
    },
  )
  const authorize = async (url: URL) => (url.origin === server.origin ? 'Basic c2VjcmV0' : undefined)
  await sourceOf(server, client({ authorize }))
  expect(server.seen[0]?.authorization).toBe('Basic c2VjcmV0')
  expect(other.seen.map(({ authorization }) => authorization)).toEqual([undefined])
})
