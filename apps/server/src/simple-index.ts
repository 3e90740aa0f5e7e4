import { basename } from 'node:path'

/** A file as an index of the simple API lists it. */
export interface IndexFile {
  readonly filename: string
  readonly url: string
  readonly sha256: string | undefined
  readonly size: number | undefined
}

const ACCEPT = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1'

async function ask(url: string, etag?: string): Promise<Response> {
  const response = await fetch(url, {
    headers: { accept: ACCEPT, ...(etag !== undefined && { 'if-none-match': etag }) },
    signal: AbortSignal.timeout(60_000),
  })
  if (!response.ok && response.status !== 304) throw new Error(`${url} answered with status ${response.status}.`)
  return response
}

const isJson = (response: Response) => /[+/]json\b/.test(response.headers.get('content-type') ?? '')

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)

/** Every project; `serial` changes when its files do, where the index says so. */
export async function projectsOf(url: string): Promise<readonly { name: string; serial: string | undefined }[]> {
  const response = await ask(withSlash(url))
  if (!isJson(response))
    return links(await response.text(), response.url).map(({ text }) => ({ name: text.trim(), serial: undefined }))
  const { projects } = (await response.json()) as { projects: { name: string; '_last-serial'?: number }[] }
  return projects.map(one => ({ name: one.name, serial: one['_last-serial']?.toString() }))
}

/** The files of a project; `state` is what `since` is to be the next time. */
export async function filesOf(
  url: string,
  project: string,
  since: string | undefined,
): Promise<{ readonly files: readonly IndexFile[]; readonly state: string | undefined } | 'unchanged'> {
  const normalized = project.toLowerCase().replace(/[-_.]+/g, '-')
  const etag = since?.startsWith('"') || since?.startsWith('W/') ? since : undefined
  const response = await ask(`${withSlash(url)}${normalized}/`, etag)
  if (response.status === 304) return 'unchanged'
  const state = response.headers.get('etag') ?? undefined
  if (!isJson(response)) return { files: links(await response.text(), response.url).map(ofLink), state }
  const { files } = (await response.json()) as {
    files: { filename: string; url: string; hashes: { sha256?: string }; size?: number }[]
  }
  return {
    files: files.map(one => ({
      filename: one.filename,
      url: new URL(one.url, response.url).href,
      sha256: one.hashes.sha256?.toLowerCase(),
      size: one.size,
    })),
    state,
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '')

function links(html: string, base: string): readonly { readonly url: URL; readonly text: string }[] {
  return [...html.matchAll(/<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>([^<]*)</gi)].map(
    ([, one, two, text]) => ({
      url: new URL(decoded(one ?? two ?? ''), base),
      text: decoded(text ?? ''),
    }),
  )
}

function ofLink({ url }: { readonly url: URL }): IndexFile {
  const sha256 = /^#sha256=([0-9a-f]{64})/i.exec(url.hash)?.[1]?.toLowerCase()
  url.hash = ''
  return { filename: decodeURIComponent(basename(url.pathname)), url: url.href, sha256, size: undefined }
}
