import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { gunzipSync } from 'node:zlib'
import { MediumError } from '../source/medium-error.js'
import { plural, thousands } from '../wording.js'
import { shownUrl } from './address.js'
import { proxyAuthorization, proxyFor, tunnelAgent } from './proxy.js'

/** What the server is asked with: an `Authorization` header for a URL, or none. `refused`: the server has answered 401. */
export type Authorize = (url: URL, refused: boolean) => Promise<string | undefined>

export interface ClientOptions {
  readonly authorize?: Authorize | undefined
  /** For the proxies that it names. */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Certificates in PEM that are trusted too. */
  readonly ca?: readonly string[] | undefined
  readonly userAgent: string
  /** Milliseconds that a server may take for its next byte. */
  readonly patience?: number | undefined
  /** Requests under way at once. */
  readonly atOnce?: number | undefined
  /** Waits; injected so that tests need not. */
  readonly pause?: ((milliseconds: number) => Promise<void>) | undefined
}

/** An answer whose headers have come. Its body is read once, or given up. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** Where it came from, after all redirects. */
  readonly url: URL
  readonly body: AsyncIterable<Uint8Array>
  cancel(): void
}

/** An answer with all of its body. */
export type Whole = Omit<Answer, 'body' | 'cancel'> & { readonly bytes: Uint8Array }

export interface Client {
  /** One answer, whatever its status: redirects are followed, and what may pass is tried again. @throws MediumError */
  get(url: URL, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** The same with its body, which has at most so many bytes; a body that breaks off is asked for again. @throws MediumError */
  whole(url: URL, headers: Readonly<Record<string, string>>, most: number): Promise<Whole>
  /** Requests that were sent, and bytes of bodies that came. */
  readonly traffic: { readonly requests: number; readonly bytes: number }
  /** Milliseconds that were spent waiting for servers. */
  waited(): number
  close(): void
}

const PATIENCE = 30_000
/** Bytes that have to come in that time: one that drips is as good as one that stalls. */
const LEAST = 16 * 1024
const TRIES = 4
const FIRST_PAUSE = 500
/** A server that wants to be left alone for longer is not waited for. */
const LONGEST_PAUSE = 60_000
const MOST_REDIRECTS = 10
/** Requests under way, and milliseconds between the beginnings of two: more of one person is not polite. */
const AT_ONCE = 4
const SPACING = 25

/** What may be otherwise the next time. */
class Passing extends MediumError {
  /** Milliseconds after which the server wants to be asked again. */
  readonly after: number | undefined

  constructor(message: string, after?: number) {
    super(message)
    this.after = after
  }
}

const PASSING_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
/** Of the system, where a second try is of no use. */
const FINAL_CODES: ReadonlySet<string> = new Set(['ENOTFOUND', 'EACCES', 'EPERM'])

export function httpClient(options: ClientOptions): Client {
  const { patience = PATIENCE, atOnce = AT_ONCE, env = {}, ca } = options
  const pause = options.pause ?? (milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)))
  const keepAlive = { keepAlive: true, maxSockets: atOnce, ...(ca && { ca: [...ca] }) }
  const agents = new Map<string, HttpAgent>()
  const traffic = { requests: 0, bytes: 0 }
  const clock = waitingClock()
  const gate = gateOf(atOnce, SPACING)

  function agentFor(url: URL, proxy: URL | undefined): HttpAgent {
    const key = `${url.protocol} ${proxy ?? ''}`
    const known = agents.get(key)
    if (known) return known
    const made =
      url.protocol !== 'https:'
        ? new HttpAgent({ keepAlive: true, maxSockets: atOnce })
        : proxy
          ? tunnelAgent(proxy, keepAlive, patience)
          : new HttpsAgent(keepAlive)
    agents.set(key, made)
    return made
  }

  /** One request, one answer. */
  async function send(url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const release = await gate()
    const stop = clock.begin()
    traffic.requests += 1
    const proxy = proxyFor(url, env)
    const viaProxy = proxy && url.protocol === 'http:'
    const target: RequestOptions = viaProxy
      ? { host: proxy.hostname, port: proxy.port || 80, path: url.href, headers: { host: url.host } }
      : { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port, path: url.pathname + url.search }
    const proxyHeaders = viaProxy ? proxyAuthorization(proxy) : {}
    return new Promise<Answer>((resolve, reject) => {
      const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)({
        ...target,
        method: 'GET',
        agent: agentFor(url, proxy),
        headers: {
          ...target.headers,
          'user-agent': options.userAgent,
          'accept-encoding': 'identity',
          ...proxyHeaders,
          ...headers,
        },
      })
      // Of the socket: also between two pieces of the body.
      request.setTimeout(patience, () => request.destroy(new Stalled(patience)))
      // Headers may drip as well.
      const most = 2 * patience
      const deadline = setTimeout(() => request.destroy(new Passing(UNANSWERED(most))), most)
      request.on('error', error => {
        clearTimeout(deadline)
        stop()
        release()
        reject(failure(error))
      })
      request.on('response', response => {
        clearTimeout(deadline)
        stop()
        const status = response.statusCode ?? 0
        response.once('close', release)
        response.on('error', () => {})
        const body = bodyOf(response, {
          begin: clock.begin,
          patience,
          count(bytes) {
            traffic.bytes += bytes
          },
        })
        resolve({ status, headers: response.headers, url, body, cancel: () => void response.destroy() })
      })
      request.end()
    })
  }

  /** Follows redirects. What a server may know of us is asked anew for each address. */
  async function follow(start: URL, headers: Readonly<Record<string, string>>): Promise<Answer> {
    let url = start
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      let authorization = await options.authorize?.(url, false)
      let answer = await send(url, { ...headers, ...(authorization && { authorization }) })
      if (answer.status === 401) {
        const other = await options.authorize?.(url, true)
        if (other !== undefined && other !== authorization) {
          authorization = other
          answer.cancel()
          answer = await send(url, { ...headers, authorization })
        }
      }
      const { location } = answer.headers
      if (!REDIRECTS.has(answer.status) || location === undefined) return answer
      answer.cancel()
      url = redirected(url, location)
    }
    throw new MediumError(`${shownUrl(start)} redirects more than ${MOST_REDIRECTS} times`)
  }

  /** Does something until it works, or is known not to. */
  async function persistent<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Passing) || tries === TRIES) throw error
        const wait = error.after ?? FIRST_PAUSE * 2 ** (tries - 1)
        if (wait > LONGEST_PAUSE)
          throw new MediumError(`${error.message}, and asks to wait for ${thousands(Math.ceil(wait / 1000))} seconds`)
        const stop = clock.begin()
        await pause(wait).finally(stop)
      }
    }
  }

  const once = async (url: URL, headers: Readonly<Record<string, string>>): Promise<Answer> => {
    const answer = await follow(url, headers)
    if (!PASSING_STATUS.has(answer.status)) return answer
    answer.cancel()
    throw new Passing(`${shownUrl(answer.url)} answers ${statusText(answer.status)}`, retryAfter(answer.headers))
  }

  return {
    traffic,
    waited: clock.total,
    get: (url, headers = {}) => persistent(() => once(url, headers)),
    whole: (url, headers, most) =>
      persistent(async () => {
        const { body, cancel, ...answer } = await once(url, headers)
        const chunks: Uint8Array[] = []
        let size = 0
        try {
          for await (const chunk of body) {
            size += chunk.length
            if (size > most) throw new MediumError(`${shownUrl(answer.url)} sends more than ${thousands(most)} bytes`)
            chunks.push(chunk)
          }
        } finally {
          cancel()
        }
        return { ...answer, bytes: unpacked(Buffer.concat(chunks), answer, most) }
      }),
    close() {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}

/** Some servers pack what they send, though they are asked not to. */
function unpacked(bytes: Uint8Array, { headers, url }: Pick<Answer, 'headers' | 'url'>, most: number): Uint8Array {
  if (bytes.length === 0 || !/^(?:x-)?gzip$/i.test(headers['content-encoding'] ?? '')) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: most })
  } catch {
    throw new MediumError(
      `${shownUrl(url)} sends what cannot be unpacked with gzip, or more than ${thousands(most)} bytes`,
    )
  }
}

class Stalled extends Error {
  constructor(patience: number, bytes = 0) {
    const came = bytes === 0 ? 'nothing' : `no more than ${plural(bytes, 'byte')}`
    super(`the server sent ${came} for ${thousands(Math.ceil(patience / 1000))} s`)
  }
}

const UNANSWERED = (milliseconds: number) =>
  `the server did not get to the end of its headers in ${thousands(Math.ceil(milliseconds / 1000))} s`

/** What a failed request means. */
function failure(error: SystemError): MediumError {
  if (error instanceof MediumError) return error
  const { code = '' } = error
  if (error instanceof Stalled) return new Passing(error.message)
  if (code === 'ECONNRESET' || /aborted|hang up/.test(error.message))
    return new Passing('the server closed the connection before the end of its answer')
  const text = inWords(error)
  // Names of certificates' problems have no number: another try finds the same certificate.
  const isFinal = FINAL_CODES.has(code) || /CERT|SSL|TLS|SIGNATURE|HPE_/.test(code)
  return isFinal ? new MediumError(text) : new Passing(text)
}

/** What the system and TLS add to an error. */
type SystemError = Error & { readonly code?: string; readonly host?: string; readonly hostname?: string }

/** The end of a sentence. */
function inWords({ code = '', message, host = '', hostname = '' }: SystemError): string {
  if (code === 'ENOTFOUND') return `there is no server named '${hostname}'`
  if (code === 'ECONNREFUSED') return 'the server refuses the connection'
  if (code === 'EPROTO') return 'the server does not answer with TLS, as https does'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `the server's certificate is not one for '${host}'`
  if (/SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/.test(code)) {
    // A newer Node adds advice about its own options.
    const [what = ''] = message.split(';', 1)
    return `the server's certificate is not trusted: ${what} (SSL_CERT_FILE may name a file with certificates to trust)`
  }
  if (code.startsWith('CERT_')) return `the server's certificate is not valid: ${message}`
  if (code.startsWith('HPE_'))
    return `the answer of the server is not valid HTTP: ${message.replace(/^Parse Error: /, '')}`
  return message === '' ? code : message
}

interface Reading {
  begin(): () => void
  count(bytes: number): void
  readonly patience: number
}

/** What is done with a piece is not time that is waited. */
async function* bodyOf(response: IncomingMessage, { begin, count, patience }: Reading): AsyncGenerator<Uint8Array> {
  const pieces = (response as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  let waited = 0
  let came = 0
  for (;;) {
    const stop = begin()
    const start = performance.now()
    const { value, done } = await pieces
      .next()
      .catch((error: Error) => {
        throw failure(error)
      })
      .finally(stop)
    if (done) break
    count(value.length)
    came += value.length
    waited += performance.now() - start
    if (waited >= patience) {
      if (came < LEAST) throw failure(new Stalled(patience, came))
      waited = 0
      came = 0
    }
    yield value
  }
  if (!response.complete) throw new Passing('the server closed the connection before the end of its answer')
}

function redirected(from: URL, location: string): URL {
  let to: URL
  try {
    to = new URL(location, from)
  } catch {
    throw new MediumError(`${shownUrl(from)} redirects to something that is not a URL`)
  }
  if (to.protocol !== 'https:' && (to.protocol !== 'http:' || from.protocol === 'https:'))
    throw new MediumError(`${shownUrl(from)} redirects to an address that is not https`)
  // What a server makes of a user name and a password of its own is not our business.
  to.username = ''
  to.password = ''
  return to
}

/** Milliseconds: a number of seconds, or a date. */
function retryAfter({ 'retry-after': text }: IncomingMessage['headers']): number | undefined {
  if (text === undefined) return undefined
  if (/^[0-9]{1,9}$/.test(text.trim())) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}

const STATUS: Readonly<Record<number, string>> = {
  401: '401 (it wants a user name and a password)',
  403: '403 (access is forbidden)',
  404: '404 (there is no such file)',
  410: '410 (the file is gone)',
  429: '429 (too many requests)',
}

export const statusText = (status: number): string => STATUS[status] ?? String(status)

/** Lets so many in at once, one after the other. */
function gateOf(most: number, spacing: number): () => Promise<() => void> {
  let inside = 0
  let last = 0
  const queue: (() => void)[] = []
  return async () => {
    if (inside >= most) await new Promise<void>(resolve => queue.push(resolve))
    inside += 1
    const wait = Math.max(0, last + spacing - performance.now())
    last = performance.now() + wait
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
    let left = false
    return () => {
      if (left) return
      left = true
      inside -= 1
      queue.shift()?.()
    }
  }
}

/** Counts the time in which something is waited for, once however many wait. */
function waitingClock() {
  let active = 0
  let since = 0
  let total = 0
  return {
    begin(): () => void {
      if (active++ === 0) since = performance.now()
      let ended = false
      return () => {
        if (ended) return
        ended = true
        if (--active === 0) total += performance.now() - since
      }
    },
    total: () => total + (active > 0 ? performance.now() - since : 0),
  }
}
