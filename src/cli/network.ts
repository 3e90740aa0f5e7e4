import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { rootCertificates } from 'node:tls'
import type { Target } from '../inputs.js'
import { networkConfig } from '../remote/config.js'
import { credentialsOf } from '../remote/credentials.js'
import { httpClient } from '../remote/http.js'
import { type ReleaseFiles, releaseFiles } from '../remote/release.js'
import { addressOf, remoteTarget } from '../remote/target.js'
import { UsageError } from '../usage-error.js'
import { VERSION } from '../version.js'
import { plural, sizeText } from '../wording.js'
import type { Terminal } from './main.js'

/** What the command has of the network: loaded, and used, only where an address or an index is asked for. */
export interface Network {
  /** The file that an address means. @throws UsageError */
  target(address: string): Promise<Target>
  /** The files of a release. @throws UsageError */
  release(
    requirement: string,
    options: { readonly allFiles: boolean; readonly prereleases: boolean },
  ): Promise<ReleaseFiles>
  /** The time without that in which a server was waited for: a file's time limit is about work. */
  now(): number
  /** What was transferred, for people; undefined where nothing was. */
  traffic(): string | undefined
  close(): void
}

/** `indexUrl` wins over what pip and uv are told. @throws UsageError */
export async function openNetwork({ env, cwd }: Terminal, indexUrl?: string): Promise<Network> {
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  const config = await networkConfig({ env, cwd, home, platform: process.platform }, indexUrl)
  const credentials = credentialsOf({ env, home, keyring: config.keyring })
  const client = httpClient({
    env: config.proxy === undefined ? env : { ...env, https_proxy: config.proxy, http_proxy: config.proxy },
    ca: config.certificates === undefined ? undefined : await trusted(config.certificates),
    authorize: credentials.authorize,
    userAgent: `distaudit/${VERSION}`,
  })
  return {
    target: async address => remoteTarget(client, credentials.take(addressOf(address))),
    release: (requirement, options) =>
      releaseFiles(client, credentials, { ...options, requirement, indexes: config.indexes }),
    now: () => performance.now() - client.waited(),
    traffic: () =>
      client.traffic.requests === 0
        ? undefined
        : `Received ${sizeText(client.traffic.bytes)} in ${plural(client.traffic.requests, 'request')}.`,
    close: client.close,
  }
}

/** Those of Node, and those of the file that pip or the system is told to trust. */
async function trusted(file: string): Promise<readonly string[]> {
  const own = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`The certificates in '${file}' cannot be read: ${error.message}.`)
  })
  return [...rootCertificates, own]
}
