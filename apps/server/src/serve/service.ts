import { createHash, timingSafeEqual } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import swagger from '@fastify/swagger'
import { connect } from 'distaudit/remote'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifySchemaValidationError,
} from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { installed } from '../edition.ts'
import type { Answer } from '../engine/messages.ts'
import { AuditFailure, type Pool } from '../engine/pool.ts'
import { download, Refusal, save, TooLarge } from '../fetch-file.ts'
import { errorSchema, reportSchema } from './schemas.ts'
import { spanOf } from './tracing.ts'

export interface ServiceOptions {
  readonly pool: Pool
  /** Uploads are here while they are audited, under no name as soon as that begins. */
  readonly folder: string
  /** Empty: everybody may ask. */
  readonly tokens: readonly string[]
  /** Audits at a time. */
  readonly processes: number
  /** Requests that wait for an audit; behind these the answer is 503. */
  readonly waiting: number
  /** Uploads that are received at a time, whether they are audited already or not; behind these the answer is 429. */
  readonly uploads: number
  readonly mostBytes: number
  /** Seconds of one audit. */
  readonly seconds: number
  /** An upload that gives nothing for so long is ended. */
  readonly stallSeconds: number
  /** Hosts that addresses may name; empty: the service downloads nothing. */
  readonly hosts: readonly string[]
  readonly log: boolean
}

const FILENAME = /^[^/\\]+$/
const LONGEST_NAME = 255
const PROFILES = ['pypi', 'default', 'strict'] as const

interface Query {
  readonly filename?: string
  readonly profile?: (typeof PROFILES)[number]
  readonly format?: 'json' | 'html' | 'sse'
}

export async function service(options: ServiceOptions): Promise<FastifyInstance> {
  const { pool, tokens, hosts } = options
  const remote = await connect({
    // Who asks the service is not who it belongs to.
    credentials: false,
    check: url => checkHost(url, hosts),
    patience: options.stallSeconds * 1000,
    atOnce: options.uploads,
  })
  const app = Fastify({
    logger: options.log && { level: 'info', redact: ['req.headers.authorization'] },
    bodyLimit: 64 * 1024,
    // The time for the body is `stallSeconds` without a byte: a large file may take long.
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 15_000,
    http: { headersTimeout: 15_000 },
  })
  const metrics = metricsOf(pool)
  let receiving = 0
  let draining = false
  app.addHook('onClose', async () => {
    draining = true
    remote.close()
  })

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'distaudit-server',
        description: 'Audits Python wheels and sdists before they are uploaded.',
        version: installed().version,
      },
      ...(tokens.length > 0 && {
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
      }),
    },
  })
  // Uploads come as a stream: nobody reads them before the route does.
  app.addContentTypeParser('application/octet-stream', (_, payload, done) => done(null, payload))

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const [status, message] = statusFor(error)
    if (error instanceof Refusal && error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter)
    if (status >= 500 && !(error instanceof Refusal)) request.log.error(error)
    reply.status(status)
    if (status !== 413 && status !== 429 && status !== 503) return reply.send({ error: message })
    const answer = Buffer.from(JSON.stringify({ error: message }))
    return reply
      .headers({ connection: 'close', 'content-length': answer.length })
      .type('application/json; charset=utf-8')
      .send(Readable.from(untilSent(answer, request.raw)))
  })

  app.setNotFoundHandler(({ method, url }) => {
    throw new Refusal(404, `There is no ${method} ${url.split('?', 1)[0]}. GET /openapi.json describes what there is.`)
  })

  const allowed = tokens.map(digest)
  const authenticate = async (request: FastifyRequest) => {
    if (allowed.length === 0) return
    const given = digest(/^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (!allowed.some(one => timingSafeEqual(one, given)))
      throw new Refusal(401, 'The request needs the header Authorization: Bearer TOKEN with a token of this service.')
  }

  const isFull = () => pool.busy >= options.processes && pool.waiting >= options.waiting

  /** Room for one more, or a refusal that says when to come back. */
  const admit = () => {
    if (draining) throw new Refusal(503, 'The service is shutting down.', 5)
    if (receiving >= options.uploads) {
      metrics.refused.inc({ reason: 'uploads' })
      throw new Refusal(429, `${options.uploads} files are being received already.`, 1)
    }
    if (isFull()) {
      metrics.refused.inc({ reason: 'queue' })
      throw new Refusal(
        503,
        'Too many files are waiting for an audit already.',
        Math.max(1, Math.ceil(pool.waiting / options.processes)),
      )
    }
  }

  /** Takes the file in, audits it, and leaves nothing of it. */
  const audited = async (
    request: FastifyRequest<{ Querystring: Query }>,
    tell: Tell,
    signal: AbortSignal,
  ): Promise<Answer> => {
    admit()
    receiving++
    let path: string | undefined
    const end = metrics.seconds.startTimer()
    try {
      const body = request.body as Readable | { url: string }
      const onBytes = (bytes: number) => tell('received', { bytes })
      let filename = request.query.filename
      // A stream of Node's HTTP has a `url` too.
      if (!(Symbol.asyncIterator in body)) {
        const url = addressIn(body.url)
        filename ??= nameIn(url)
        checkHost(url, hosts)
        path = (await download(remote, url.href, options.folder, options.mostBytes, { onBytes, signal })).path
      } else {
        if (Number(request.headers['content-length']) > options.mostBytes)
          throw new TooLarge(`The file has more than ${options.mostBytes} bytes.`)
        if (!filename)
          throw new Refusal(
            400,
            'The query parameter filename is missing. It says what the file is: ?filename=demo-1.0-py3-none-any.whl.',
          )
        path = (await save(unstalled(body, options.stallSeconds, signal), options.folder, options.mostBytes, onBytes))
          .path
      }
      if (isFull()) admit()
      tell('queued', { ahead: pool.waiting })
      const answer = await spanOf('audit', { 'distaudit.filename': filename }, () =>
        pool.ask(
          {
            from: { kind: 'file', path: path!, unlink: true },
            filename,
            profile: request.query.profile ?? 'default',
            select: undefined,
            format: formatOf(request) === 'html' ? 'html' : 'json',
            seconds: options.seconds,
            keepFacts: false,
          },
          { signal, onProgress: (bytesRead, size) => tell('progress', { bytesRead, size }) },
        ),
      )
      metrics.audits.inc({ result: answer.report.summary.rejectedByPyPI > 0 ? 'rejected' : 'accepted' })
      return answer
    } catch (error) {
      metrics.audits.inc({ result: 'failed' })
      throw error
    } finally {
      receiving--
      end()
      if (path !== undefined) await rm(path, { force: true })
    }
  }

  app.post<{ Querystring: Query }>(
    '/audit',
    {
      onRequest: authenticate,
      schema: {
        summary: 'Audit one file: its bytes, or an address',
        consumes: ['application/octet-stream', 'application/json'],
        produces: ['application/json', 'text/html', 'text/event-stream'],
        querystring: {
          type: 'object',
          properties: {
            filename: {
              type: 'string',
              minLength: 1,
              maxLength: LONGEST_NAME,
              pattern: FILENAME.source,
              description: 'the name of the file; of an address, its last part is the default',
            },
            profile: { type: 'string', enum: [...PROFILES] },
            format: {
              type: 'string',
              enum: ['json', 'html', 'sse'],
              description: 'default: what the Accept header asks for',
            },
          },
        },
        response: {
          200: {
            description: 'the report',
            content: {
              'application/json': { schema: reportSchema },
              'text/html': { schema: { type: 'string' } },
              'text/event-stream': { schema: { type: 'string' } },
            },
          },
          ...Object.fromEntries(
            Object.entries({
              400: 'the request is incomplete',
              401: 'the token is missing or unknown',
              403: 'the host of the address is not allowed',
              408: 'the upload stalled',
              413: 'the file is too large',
              415: 'the body is of another type',
              422: 'the file could not be audited',
              429: 'too many uploads; Retry-After says when to come back',
              503: 'too many files wait; Retry-After says when to come back',
            }).map(([status, description]) => [
              status,
              { description, content: { 'application/json': { schema: errorSchema } } },
            ]),
          ),
        },
      },
      preValidation: async request => {
        const { body } = request
        if (
          body === undefined ||
          body === null ||
          !(Symbol.asyncIterator in Object(body) || typeof (body as { url?: unknown }).url === 'string')
        )
          throw new Refusal(400, NOT_A_FILE)
      },
      serializerCompiler: () => data => JSON.stringify(data),
    },
    async (request, reply) => {
      const abort = new AbortController()
      reply.raw.on('close', () => {
        if (!reply.raw.writableFinished) abort.abort()
      })
      const format = formatOf(request)
      if (format === 'sse') return stream(request, reply, tell => audited(request, tell, abort.signal))
      const answer = await audited(request, () => {}, abort.signal)
      if (format === 'html')
        return reply
          .type('text/html; charset=utf-8')
          .header('content-security-policy', 'sandbox allow-scripts')
          .send(answer.html)
      return reply.type('application/json; charset=utf-8').send(answer.report)
    },
  )

  app.get('/health', { schema: { summary: 'The process answers' } }, async () => ({ status: 'ok' }))
  app.get('/ready', { schema: { summary: 'The service takes another file' } }, async () => {
    admit()
    return { status: 'ready' }
  })
  app.get('/metrics', { onRequest: authenticate, schema: { summary: 'Metrics for Prometheus' } }, async (_, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  return app
}

/** Milliseconds in which the rest of an upload that was refused is thrown away. */
const PATIENCE = 10_000

/**
 * The answer at once, and its end when the upload is over: many clients send the whole file before they read. Closed before, the
 * connection would be reset, and the answer lost.
 */
async function* untilSent(answer: Buffer, upload: IncomingMessage): AsyncGenerator<Buffer> {
  yield answer
  upload.resume()
  await finished(upload, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => {})
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Bytes of an upload that have to come in `stallSeconds`. */
const LEAST = 16 * 1024

const NOT_A_FILE =
  'The body is neither a file (Content-Type: application/octet-stream) nor {"url": "https://…"} (Content-Type: application/json).'

function wrongParameter({ instancePath, params }: FastifySchemaValidationError): string {
  const name = instancePath.slice(1)
  const { allowedValues } = params
  if (Array.isArray(allowedValues)) return `The query parameter ${name} takes ${allowedValues.join(', ')}.`
  return `The query parameter ${name} takes the name of a file without folders, of at most 255 characters.`
}

function statusFor(error: Error & Partial<Pick<FastifyError, 'statusCode' | 'validation'>>): readonly [number, string] {
  if (error instanceof Refusal) return [error.status, error.message]
  if (error instanceof TooLarge) return [413, error.message]
  if (error instanceof AuditFailure) return [422, error.message]
  const [wrong] = error.validation ?? []
  if (wrong) return [400, wrongParameter(wrong)]
  if (error.statusCode === 415) return [415, NOT_A_FILE]
  if (error.statusCode !== undefined && error.statusCode < 500) return [error.statusCode, error.message]
  return [500, 'The service failed; its log has the reason.']
}

function formatOf(request: FastifyRequest<{ Querystring: Query }>): 'json' | 'html' | 'sse' {
  const { format } = request.query
  if (format !== undefined) return format
  const accept = request.headers.accept ?? ''
  if (accept.includes('text/event-stream')) return 'sse'
  return accept.includes('text/html') ? 'html' : 'json'
}

function addressIn(text: string): URL {
  if (!URL.canParse(text)) throw new Refusal(400, 'The url is not an address.')
  return new URL(text)
}

/** Only hosts that the operator named, wherever redirects lead: else the service would ask whatever is in its own network. */
function checkHost(url: URL, hosts: readonly string[]): void {
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Refusal(400, 'The url is neither https nor http.')
  if (url.username !== '' || url.password !== '')
    throw new Refusal(400, 'The url contains a user name or a password, which this service does not send.')
  if (!hosts.includes(url.host)) throw new Refusal(403, `This service does not download from ${url.host}.`)
}

function nameIn({ pathname }: URL): string {
  try {
    const name = decodeURIComponent(basename(pathname))
    if (FILENAME.test(name) && name.length <= LONGEST_NAME) return name
  } catch {
    // Not encoded well.
  }
  throw new Refusal(400, 'The url does not end with the name of a file.')
}

type Tell = (event: string, data: object) => void

async function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tell: Tell) => Promise<Answer>,
): Promise<void> {
  const { raw } = reply
  let began = false
  const tell: Tell = (event, data) => {
    if (!began) {
      began = true
      reply.hijack()
      raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
    }
    // Progress is not worth memory: what a slow reader has not taken is left out.
    if (event === 'report' || event === 'failed' || raw.writableLength < 64 * 1024)
      raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  try {
    tell('report', (await work(tell)).report)
  } catch (error) {
    // Before the first event there is still a status to give.
    if (!began) throw error
    const [status, message] = statusFor(error as Error)
    if (status === 500) request.log.error(error)
    tell('failed', { status, error: message })
  }
  raw.end()
}

/** Ends with a refusal when the client sends nothing for a while, or is gone. */
async function* unstalled(body: Readable, seconds: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let since = performance.now()
  let came = 0
  // Destroyed, it would take the answer with it.
  const iterator: AsyncIterator<Uint8Array> = body.iterator({ destroyOnReturn: false })
  try {
    for (;;) {
      const timer = new AbortController()
      const late = wait(seconds * 1000, undefined, { signal: AbortSignal.any([timer.signal, signal]) }).then(
        () => {
          throw new Refusal(408, `The upload sent nothing for ${seconds} seconds.`)
        },
        () => undefined,
      )
      const next = iterator.next()
      next.catch(() => {})
      const step = await Promise.race([next, late])
      timer.abort()
      if (step === undefined) throw new Refusal(400, 'The upload was not finished.')
      if (step.done) return
      came += step.value.length
      if (performance.now() - since > seconds * 1000) {
        if (came < LEAST) throw new Refusal(408, `The upload sent no more than ${came} bytes for ${seconds} seconds.`)
        since = performance.now()
        came = 0
      }
      yield step.value
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(400, 'The upload was not finished.')
  } finally {
    // Not awaited: an upload that stalls does not answer this either.
    void iterator.return?.()?.catch(() => {})
  }
}

function metricsOf(pool: Pool) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  new Gauge({
    name: 'distaudit_audits_running',
    help: 'Audits that run.',
    registers,
    collect() {
      this.set(pool.busy)
    },
  })
  new Gauge({
    name: 'distaudit_audits_waiting',
    help: 'Files that wait for an audit.',
    registers,
    collect() {
      this.set(pool.waiting)
    },
  })
  new Gauge({
    name: 'distaudit_processes_killed',
    help: 'Audit processes that were ended before their end.',
    registers,
    collect() {
      this.set(pool.killed)
    },
  })
  return {
    registry,
    audits: new Counter({
      name: 'distaudit_audits_total',
      help: 'Audits by result.',
      labelNames: ['result'],
      registers,
    }),
    refused: new Counter({
      name: 'distaudit_refused_total',
      help: 'Requests that were told to come back.',
      labelNames: ['reason'],
      registers,
    }),
    seconds: new Histogram({
      name: 'distaudit_request_seconds',
      help: 'From the first byte to the report.',
      buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
  }
}
