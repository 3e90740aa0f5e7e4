import { MediumError } from '../source/medium-error.js'
import { UsageError } from '../usage-error.js'
import { shownUrl } from './address.js'
import { type Client, statusText, type Whole } from './http.js'
import { ACCEPTED, type IndexPage, type ListedProject, PageError, readPage, readProjects } from './simple.js'

const MiB = 1024 * 1024
/** The largest page of a project is some 30 MB, as is the list of all projects of a large index. */
const MOST_PAGE = 64 * MiB

/** A page, and where it came from. */
export interface Asked<T> {
  readonly page: T
  /** After redirects. */
  readonly at: URL
  /** What to ask with the next time, to learn whether anything has changed. */
  readonly etag: string | undefined
}

/**
 * The page of a project. `etag`: of the last time.
 * @throws UsageError when the index cannot be read, or answers with something else
 */
export async function projectPage(
  client: Client,
  url: URL,
  etag?: string,
): Promise<Asked<IndexPage> | 'missing' | 'unchanged'> {
  const answer = await ask(client, url, etag)
  if (answer.status === 404) return 'missing'
  if (answer.status === 304 && etag !== undefined) return 'unchanged'
  return read(url, answer, readPage)
}

/** Every project of an index. @throws UsageError when it cannot be read, or answers with something else */
export async function projectList(client: Client, url: URL): Promise<readonly ListedProject[]> {
  return read(url, await ask(client, url), readProjects).page
}

async function ask(client: Client, url: URL, etag?: string): Promise<Whole> {
  try {
    const headers = { accept: ACCEPTED, ...(etag !== undefined && { 'if-none-match': etag }) }
    return await client.whole(url, headers, MOST_PAGE)
  } catch (error) {
    if (!(error instanceof MediumError)) throw error
    throw new UsageError(`${shownUrl(url)} cannot be read: ${error.message}.`)
  }
}

function read<T>(
  url: URL,
  { status, headers, url: at, bytes }: Whole,
  reader: (bytes: Uint8Array, contentType: string, at: URL) => T,
): Asked<T> {
  const shown = shownUrl(url)
  if (status !== 200) throw new UsageError(`${shown} answers ${statusText(status)}.`)
  try {
    return { page: reader(bytes, headers['content-type'] ?? '', at), at, etag: headers.etag }
  } catch (error) {
    if (!(error instanceof PageError)) throw error
    throw new UsageError(`${shown} is not a page of the simple repository API: ${error.message}.`)
  }
}
