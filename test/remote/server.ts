import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Served {
  readonly bytes: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** A request as a test sees it. */
interface Seen {
  readonly path: string
  readonly range: string | undefined
  readonly authorization: string | undefined
  readonly headers: IncomingMessage['headers']
}

/** Answers a request; true when it did. */
type Answering = (request: IncomingMessage, response: ServerResponse, number: number) => boolean

export interface TestServer {
  readonly origin: string
  readonly seen: Seen[]
  /** Bytes of bodies that were sent. */
  sent(): number
  close(): Promise<void>
}

/** A server on a free port of this machine. `files` by path; `ranges` false: it sends files whole. `first` may answer otherwise. */
export async function serve(
  files: Readonly<Record<string, Served | Uint8Array | string>>,
  { ranges = true, first }: { readonly ranges?: boolean; readonly first?: Answering | undefined } = {},
): Promise<TestServer> {
  const seen: Seen[] = []
  let sent = 0
  const server: Server = createServer((request, response) => {
    const path = request.url ?? ''
    const { range, authorization } = request.headers
    seen.push({ path, range, authorization, headers: request.headers })
    if (first?.(request, response, seen.length)) return
    const found = files[path]
    if (found === undefined) return void response.writeHead(404).end()
    const file = typeof found === 'string' ? new TextEncoder().encode(found) : 'bytes' in found ? found.bytes : found
    const headers = typeof found === 'object' && 'bytes' in found ? found.headers : {}
    sent += answer(response, file, ranges ? range : undefined, {
      ...(ranges && { 'accept-ranges': 'bytes' }),
      ...headers,
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    sent: () => sent,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Sends bytes, or the part of them that a `Range` header means; gives how many. */
export function answer(
  response: ServerResponse,
  bytes: Uint8Array,
  range: string | undefined,
  headers: Readonly<Record<string, string | number>> = {},
): number {
  const [, first = '', last = ''] = /^bytes=([0-9]*)-([0-9]*)$/.exec(range ?? '') ?? []
  if (range === undefined) {
    response.writeHead(200, { 'content-length': bytes.length, ...headers }).end(bytes)
    return bytes.length
  }
  const from = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
  const to = first === '' || last === '' ? bytes.length : Math.min(bytes.length, Number(last) + 1)
  if (from >= to) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return 0
  }
  const part = bytes.subarray(from, to)
  response
    .writeHead(206, {
      'content-length': part.length,
      'content-range': `bytes ${from}-${to - 1}/${bytes.length}`,
      ...headers,
    })
    .end(part)
  return part.length
}
