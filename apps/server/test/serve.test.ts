import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Report } from 'distaudit'
import type { FastifyInstance } from 'fastify'
import { type Pool, startPool } from '../src/engine/pool.ts'
import { serveCommand } from '../src/serve/command.ts'
import { type ServiceOptions, service } from '../src/serve/service.ts'
import { temporary, writeWheel } from './support.ts'

const place = temporary()
const uploads = temporary()
const wheel = writeWheel(place.folder, 'demo')
const bytes = readFileSync(wheel)
const name = 'demo-1.0-py3-none-any.whl'
let pool: Pool
let files: ReturnType<typeof createServer>
let host = ''

before(async () => {
  pool = startPool({ processes: 1 })
  files = createServer((request, response) => {
    const to = new URL(request.url ?? '', 'http://x').searchParams.get('to')
    if (to !== null) response.writeHead(302, { location: to })
    response.end(to === null ? bytes : undefined)
  })
  await new Promise<void>(resolve => files.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(files.address() as AddressInfo).port}`
})
after(() => {
  pool.close()
  files.closeAllConnections()
  files.close()
  place.remove()
  uploads.remove()
})

async function serving(
  more: Partial<ServiceOptions>,
  use: (origin: string, app: FastifyInstance) => Promise<void>,
): Promise<void> {
  const app = await service({
    pool,
    folder: uploads.folder,
    tokens: [],
    processes: 1,
    waiting: 4,
    uploads: 4,
    mostBytes: 2 ** 20,
    seconds: 60,
    stallSeconds: 30,
    hosts: [host],
    log: false,
    ...more,
  })
  try {
    await use(await app.listen({ host: '127.0.0.1', port: 0 }), app)
  } finally {
    await app.close()
  }
  assert.deepEqual(readdirSync(uploads.folder), [], 'something of an upload is left')
}

const post = (origin: string, query: string, headers: Record<string, string> = {}, body: Uint8Array | string = bytes) =>
  fetch(`${origin}/audit?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: body as string,
  })

test('a file gives the report of the command, as JSON, HTML or a stream', () =>
  serving({}, async origin => {
    const response = await post(origin, `filename=${name}`)
    assert.equal(response.status, 200)
    const report = (await response.json()) as Report
    assert.equal(report.schemaVersion, '1')
    assert.deepEqual(
      report.distributions.map(one => [one.filename, one.size, one.name]),
      [[name, bytes.length, 'demo']],
    )
    const page = await post(origin, `filename=${name}`, { accept: 'text/html' })
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(await page.text(), /<!doctype html>/i)
    const stream = await (await post(origin, `filename=${name}&format=sse`)).text()
    const events = [...stream.matchAll(/^event: (\w+)$/gm)].map(([, event]) => event)
    assert.deepEqual([events[0], events.at(-1)], ['received', 'report'])
    assert.equal((JSON.parse(/event: report\ndata: (.*)\n/.exec(stream)![1]!) as Report).distributions.length, 1)
  }))

test('an audit is a span for an OpenTelemetry SDK', () =>
  serving({}, async origin => {
    const exporter = new InMemorySpanExporter()
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
    try {
      assert.equal((await post(origin, `filename=${name}`)).status, 200)
      const [span, ...others] = exporter.getFinishedSpans()
      assert.deepEqual([span?.name, span?.attributes, others.length], ['audit', { 'distaudit.filename': name }, 0])
    } finally {
      trace.disable()
    }
  }))

test('a damaged file is a finding', () =>
  serving({}, async origin => {
    const report = (await (await post(origin, `filename=${name}`, {}, 'not a zip')).json()) as Report
    assert.equal(report.summary.rejectedByPyPI, 1)
  }))

test('addresses are read of the hosts that were named', () =>
  serving({}, async origin => {
    const ask = (url: string) => post(origin, '', { 'content-type': 'application/json' }, JSON.stringify({ url }))
    const found = await ask(`http://${host}/${name}`)
    assert.equal(((await found.json()) as Report).distributions[0]?.filename, name)
    assert.equal((await ask('http://169.254.169.254/x-1.0.tar.gz')).status, 403)
    assert.equal((await ask('file:///etc/passwd')).status, 400)
    const redirecting = (to: string) => ask(`http://${host}/${name}?to=${encodeURIComponent(to)}`)
    assert.equal((await redirecting(`/other/${name}`)).status, 200)
    assert.equal((await redirecting('http://169.254.169.254/x-1.0.tar.gz')).status, 403)
    assert.equal((await redirecting(`http://localhost:${host.split(':')[1]}/${name}`)).status, 403)
    assert.equal((await redirecting('file:///etc/passwd')).status, 422)
    assert.equal((await redirecting('')).status, 422)
    for (const wrong of ['', '%ff.whl', '..%2Fdemo-1.0.tar.gz', '%5Cx.whl'])
      assert.equal((await ask(`http://${host}/${wrong}`)).status, 400)
    assert.equal((await ask(`http://user:secret@${host}/${name}`)).status, 400)
  }))

test('requests that are wrong are told what is', () =>
  serving({}, async origin => {
    const told = async (response: Response) =>
      [response.status, ((await response.json()) as { error: string }).error] as const
    assert.deepEqual(await told(await post(origin, `filename=${name}&profile=pip`)), [
      400,
      'The query parameter profile takes pypi, default, strict.',
    ])
    const [, ofName] = await told(await post(origin, 'filename=a/x.whl'))
    assert.match(ofName, /^The query parameter filename takes the name of a file/)
    const form = await told(
      await post(origin, `filename=${name}`, { 'content-type': 'application/x-www-form-urlencoded' }),
    )
    assert.equal(form[0], 415)
    assert.match(form[1], /application\/octet-stream/)
    const other = await told(await fetch(`${origin}/audit?filename=${name}`))
    assert.deepEqual(other, [404, 'There is no GET /audit. GET /openapi.json describes what there is.'])
    assert.deepEqual((await told(await post(origin, '')))[0], 400)
    assert.deepEqual((await told(await post(origin, 'filename=../x.whl')))[0], 400)
    assert.deepEqual(
      (await told(await post(origin, `filename=${name}`, { 'content-type': 'application/json' }, '{}')))[0],
      400,
    )
    assert.deepEqual(
      (await told(await post(origin, `filename=${name}`, { 'content-type': 'application/zip' })))[0],
      415,
    )
    assert.deepEqual((await told(await post(origin, `filename=${name}`, {}, new Uint8Array(2 ** 20 + 1))))[0], 413)
  }))

test('whoever sends the whole file before it reads the answer gets a refusal too', () =>
  serving({}, async origin => {
    const { hostname, port } = new URL(origin)
    const size = 2 ** 23
    const head = `POST /audit?filename=${name} HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n`
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname)
      let text = ''
      let left = size
      // Nothing is read until all is sent, as clients that know nothing of early answers do.
      socket.pause()
      const more = () => {
        while (left > 0) {
          const length = Math.min(left, 2 ** 16)
          left -= length
          if (!socket.write(new Uint8Array(length))) break
        }
        if (left === 0) {
          socket.off('drain', more)
          setTimeout(() => socket.resume(), 50)
        }
      }
      socket.on('error', reject)
      socket.on('data', chunk => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
      socket.on('drain', more)
      socket.write(`${head}Content-Length: ${size}\r\n\r\n`)
      setTimeout(more, 50)
    })
    assert.match(answer, /^HTTP\/1\.1 413 .*connection: close.*\{"error":"The file has more than 1048576 bytes\."\}$/is)
  }))

test('an option that would do something else than is meant is refused', async () => {
  const empty = join(place.folder, 'tokens.txt')
  writeFileSync(empty, '\n')
  const { write } = process.stderr
  let told = ''
  process.stderr.write = text => {
    told += text
    return true
  }
  try {
    for (const args of [
      ['--waiting', 'many'],
      ['--token-file', empty],
      ['--token-file', `${empty}.gone`],
    ])
      assert.equal(await serveCommand(args), 2)
  } finally {
    process.stderr.write = write
  }
  assert.match(told, /--waiting is 'many'.*There are no tokens in .*ENOENT/s)
})

test('only those who have a token may ask', () =>
  serving({ tokens: ['secret'] }, async origin => {
    assert.equal((await post(origin, `filename=${name}`)).status, 401)
    assert.equal((await post(origin, `filename=${name}`, { authorization: 'Bearer wrong' })).status, 401)
    assert.equal((await post(origin, `filename=${name}`, { authorization: 'Bearer secret' })).status, 200)
    assert.equal((await fetch(`${origin}/metrics`)).status, 401)
    assert.equal((await fetch(`${origin}/health`)).status, 200)
  }))

/** An upload of which one byte comes, and no more. */
async function half(origin: string, length = 9) {
  const { port } = new URL(origin)
  const socket = connect(Number(port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    `POST /audit?filename=${name} HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: ${length}\r\n\r\nP`,
  )
  const answer = new Promise<string>(resolve => {
    let text = ''
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
  })
  return { socket, answer }
}

/** Until the service has `count` files in its folder. */
async function untilReceiving(count: number): Promise<void> {
  while (readdirSync(uploads.folder).length !== count) await new Promise(resolve => setTimeout(resolve, 20))
}

test('more uploads than allowed are told when to come back, and an aborted one leaves nothing', () =>
  serving({ uploads: 1 }, async origin => {
    const { socket } = await half(origin)
    await untilReceiving(1)
    const refused = await post(origin, `filename=${name}`)
    assert.equal(refused.status, 429)
    assert.equal(refused.headers.get('retry-after'), '1')
    assert.equal((await fetch(`${origin}/ready`)).status, 429)
    socket.destroy()
    await untilReceiving(0)
    assert.equal((await post(origin, `filename=${name}`)).status, 200)
    assert.match(await (await fetch(`${origin}/metrics`)).text(), /distaudit_refused_total\{reason="uploads"\} 2/)
  }))

test('a full queue answers 503', () =>
  serving({ pool: { ...pool, busy: 1, waiting: 4 } }, async origin => {
    const refused = await post(origin, `filename=${name}`)
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '4'])
  }))

test('an upload that stalls is ended', () =>
  serving({ stallSeconds: 1 }, async origin => {
    const { answer, socket } = await half(origin)
    const timer = setTimeout(() => socket.destroy(), 20_000)
    const text = await new Promise<string>(resolve => {
      socket.once('data', chunk => resolve(String(chunk)))
      void answer.then(resolve)
    })
    clearTimeout(timer)
    socket.destroy()
    assert.match(text, /^HTTP\/1\.1 408 /)
  }))

test('an upload that drips is ended', () =>
  serving({ stallSeconds: 1 }, async origin => {
    const { answer, socket } = await half(origin, 65_536)
    const drips = setInterval(() => socket.write('x'), 20)
    const timer = setTimeout(() => socket.destroy(), 20_000)
    const text = await new Promise<string>(resolve => {
      socket.once('data', chunk => resolve(String(chunk)))
      void answer.then(resolve)
    })
    clearInterval(drips)
    clearTimeout(timer)
    socket.destroy()
    assert.match(text, /^HTTP\/1\.1 408 /)
    assert.match(text, /no more than \d+ bytes/)
  }))

test('what the service offers is described', () =>
  serving({}, async origin => {
    const description = (await (await fetch(`${origin}/openapi.json`)).json()) as {
      openapi: string
      paths: Record<string, { post?: { responses: Record<string, unknown> } }>
    }
    assert.match(description.openapi, /^3\.1/)
    assert.deepEqual(Object.keys(description.paths).sort(), ['/audit', '/health', '/metrics', '/ready'])
    assert.ok(description.paths['/audit']?.post?.responses['503'])
  }))

test('an audit process that dies fails its own request alone', async () => {
  const own = startPool({ processes: 1, memory: 1024 })
  try {
    const ask = (signal?: AbortSignal) =>
      own.ask(
        {
          from: { kind: 'file', path: wheel, unlink: false },
          filename: name,
          profile: 'default',
          select: undefined,
          format: 'json',
          seconds: 60,
          keepFacts: false,
        },
        signal ? { signal } : {},
      )
    const abort = new AbortController()
    const [first, second] = [ask(abort.signal), ask()]
    abort.abort()
    await assert.rejects(first, /cancelled/)
    assert.equal((await second).report.distributions.length, 1)
    assert.equal(own.killed, 1)
  } finally {
    own.close()
  }
})
