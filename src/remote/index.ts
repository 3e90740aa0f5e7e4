/**
 * Files and indexes on servers, read by ranges, exported as `distaudit/remote`.
 *
 * @example
 * import { audit } from 'distaudit'
 * import { connect } from 'distaudit/remote'
 * const remote = await connect()
 * const { files } = await remote.release('demo==1.0', { allFiles: true })
 * const report = await audit(files)
 * remote.close()
 */
import type { Given } from '../run.js'
import { MediumError } from '../source/medium-error.js'
import { canonicalName } from '../standards/name.js'
import { UsageError } from '../usage-error.js'
import { shownUrl } from './address.js'
import { statusText } from './http.js'
import { type NetworkOptions, openNetwork } from './network.js'
import { projectList, projectPage } from './pages.js'
import type { Release } from './release.js'
import type { IndexFile, ListedProject } from './simple.js'
import type { RemoteFile } from './target.js'

export type { Given, IndexFile, ListedProject, RemoteFile }
export { MediumError, UsageError }

export interface ConnectOptions extends NetworkOptions {
  /** Default: those of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Where configuration files of a project are looked for. Default: the working directory. */
  readonly cwd?: string | undefined
}

/** The files of a project, and what to ask with the next time. */
export interface ProjectFiles {
  readonly files: readonly IndexFile[]
  readonly etag: string | undefined
}

export interface Remote {
  /** A file for `audit`, `html`, `show` and `diff`, which read what they need of it. @throws UsageError for what is not an address. */
  file(address: string, known?: RemoteFile): Given
  /** The files of a release, as `distaudit index` chooses them. @throws UsageError where there is none, or no answer. */
  release(
    requirement: string,
    options?: Omit<Release, 'requirement'>,
  ): Promise<{ readonly files: readonly Given[]; readonly notes: readonly string[] }>
  /** Every project of an index. @throws UsageError when it cannot be read. */
  projects(index: string): Promise<readonly ListedProject[]>
  /** The files that an index has of a project: none where it has no such project. `etag`: of the last time. @throws UsageError */
  files(index: string, project: string, etag?: string): Promise<ProjectFiles | 'unchanged'>
  /** The bytes of a file, once. @throws MediumError when it cannot be had. */
  download(address: string): AsyncIterable<Uint8Array>
  /** Requests that were sent, and bytes of bodies that came. */
  readonly traffic: { readonly requests: number; readonly bytes: number }
  /** Ends the connections that are kept open. */
  close(): void
}

/**
 * Asks with what pip and uv are configured with: certificates, proxies, user names and passwords.
 * @throws UsageError for a configuration with a problem.
 */
export async function connect(options: ConnectOptions = {}): Promise<Remote> {
  const { env = process.env, cwd = process.cwd(), ...own } = options
  const { target, release, client, take, close } = await openNetwork({ env, cwd }, own)
  const page = (index: string, project = '') => {
    if (!URL.canParse(index)) throw new UsageError('The address of the index is not a valid URL.')
    return take(new URL(project === '' ? '' : `${project}/`, index.endsWith('/') ? index : `${index}/`))
  }
  return {
    file: target,
    async release(requirement, choice) {
      const { targets, notes } = await release({ ...choice, requirement })
      return { files: targets, notes }
    },
    projects: index => projectList(client, page(index)),
    async files(index, project, etag) {
      const found = await projectPage(client, page(index, canonicalName(project)), etag)
      if (found === 'unchanged') return found
      return found === 'missing' ? { files: [], etag: undefined } : { files: found.page.files, etag: found.etag }
    },
    async *download(address) {
      if (!URL.canParse(address)) throw new UsageError('The address is not a valid URL.')
      const { status, url, body, cancel } = await client.get(take(new URL(address)))
      try {
        if (status !== 200) throw new MediumError(`${shownUrl(url)} answers ${statusText(status)}`)
        yield* body
      } finally {
        cancel()
      }
    },
    traffic: client.traffic,
    close,
  }
}
