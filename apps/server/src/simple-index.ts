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
    files: files.flatMap(one => {
      const url = addressOf(one.url, response.url)
      if (!url) return []
      return [{ filename: one.filename, url: url.href, sha256: one.hashes.sha256?.toLowerCase(), size: one.size }]
    }),
    state,
  }
}

/** No name of a project or a file has more characters. */
const LONGEST_TEXT = 1024
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '')

/** Only what can be fetched over HTTP: the files of the workers are not the index's. */
function addressOf(text: string, base: string): URL | undefined {
  const url = URL.parse(text, base)
  return url && /^https?:$/.test(url.protocol) ? url : undefined
}

const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/i

/** The links of a page, each looked at once. */
function links(html: string, base: string): readonly { readonly url: URL; readonly text: string }[] {
  const found: { url: URL; text: string }[] = []
  const anchor = /<a(?=\s)/gi
  while (anchor.test(html)) {
    const end = html.indexOf('>', anchor.lastIndex)
    if (end < 0) break
    const [, one, two] = HREF.exec(html.slice(anchor.lastIndex, end)) ?? []
    anchor.lastIndex = end
    const href = one ?? two
    const url = href === undefined ? undefined : addressOf(decoded(href), base)
    if (url) found.push({ url, text: decoded(/^>([^<]*)/.exec(html.slice(end, end + LONGEST_TEXT))?.[1] ?? '') })
  }
  return found
}

function ofLink({ url }: { readonly url: URL }): IndexFile {
  const sha256 = /^#sha256=([0-9a-f]{64})/i.exec(url.hash)?.[1]?.toLowerCase()
  url.hash = ''
  return { filename: nameOf(basename(url.pathname)), url: url.href, sha256, size: undefined }
}

/** As it is where it is not encoded well. */
function nameOf(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
