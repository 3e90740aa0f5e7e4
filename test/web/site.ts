import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
}

export const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** Chromium of the machine, if there is one. */
export const program = [
  process.env.DISTAUDIT_CHROMIUM,
  chromium.executablePath(),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find(one => one !== undefined && existsSync(one))

export interface Site {
  readonly origin: string
  readonly server: Server
  /** Requests as they came: the method, the path, and the range. */
  readonly asked: string[]
}

/** Serves folders as plainly as a host of files does. `ranges`: parts of files are answered. `cors`: any page may read them. */
export async function serve(
  folders: readonly string[],
  { ranges = true, cors = false }: { ranges?: boolean; cors?: boolean } = {},
): Promise<Site> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site')
    asked.push([request.method, pathname, request.headers.range].filter(Boolean).join(' '))
    const wanted = normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname))
    const name = folders.map(folder => join(folder, wanted)).find(one => existsSync(one) && statSync(one).isFile())
    if (cors) response.setHeader('access-control-allow-origin', '*')
    if (name === undefined) response.writeHead(404).end()
    else send(name, request.method === 'HEAD', ranges ? request.headers.range : undefined, response)
  })
  server.listen(0, '127.0.0.1')
  await new Promise(done => server.once('listening', done))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, asked }
}

function send(name: string, isHead: boolean, range: string | undefined, response: ServerResponse): void {
  const { size } = statSync(name)
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  const start = from === undefined ? 0 : Number(from)
  const end = to === undefined ? size - 1 : Math.min(size - 1, Number(to))
  response.writeHead(from === undefined ? 200 : 206, {
    'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    'content-length': end - start + 1,
    ...(from !== undefined && { 'content-range': `bytes ${start}-${end}/${size}` }),
  })
  if (isHead || size === 0) response.end()
  else createReadStream(name, { start, end }).pipe(response)
}
