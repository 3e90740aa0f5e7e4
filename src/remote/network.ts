import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { rootCertificates } from 'node:tls'
import type { Given } from '../run.js'
import { UsageError } from '../usage-error.js'
import { VERSION } from '../version.js'
import { plural, reasonOf, sizeText } from '../wording.js'
import { type NetworkConfig, networkConfig } from './config.js'
import { type Credentials, credentialsOf } from './credentials.js'
import { type Client, httpClient } from './http.js'
import { type Release, type ReleaseFiles, releaseFiles } from './release.js'
import { addressOf, type RemoteFile, remoteTarget } from './target.js'

/** Where pip's and uv's configuration is looked for. */
export interface Around {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

export interface NetworkOptions {
  /** Wins over what pip and uv are told. */
  readonly indexUrl?: string | undefined
  /** Told each address before it is asked, also those that redirects lead to; what it throws is thrown. */
  readonly check?: ((url: URL) => void) | undefined
  /** False: nobody is told a user name or a password. */
  readonly credentials?: boolean | undefined
  /** Milliseconds that a server may take for its next byte. */
  readonly patience?: number | undefined
  /** Requests under way at once. Default: 4. */
  readonly atOnce?: number | undefined
}

/** Files and indexes on servers: loaded, and used, only where somebody asks for it. */
export interface Network {
  /** The file that an address means. @throws UsageError */
  target(address: string, file?: RemoteFile): Given
  /** The files of a release. @throws UsageError */
  release(release: Release): Promise<ReleaseFiles>
  /** Without the user name and the password, which are kept for who asks for them. */
  take(url: URL): URL
  readonly client: Client
  /** What was transferred, for people; undefined where nothing was. */
  traffic(): string | undefined
  close(): void
}

/** @throws UsageError */
export async function openNetwork({ env, cwd }: Around, options: NetworkOptions = {}): Promise<Network> {
  const { indexUrl, check, patience, atOnce } = options
  const home = env.HOME ?? env.USERPROFILE ?? homedir()
  const config = await networkConfig({ env, cwd, home, platform: process.platform }, indexUrl)
  const credentials = credentialsOf({ env, home, keyring: config.keyring })
  const client = httpClient({
    env: config.proxy === undefined ? env : { ...env, https_proxy: config.proxy, http_proxy: config.proxy },
    ca: config.certificates === undefined ? undefined : await trusted(config.certificates, env.NODE_EXTRA_CA_CERTS),
    async authorize(url, refused) {
      check?.(url)
      return options.credentials === false ? undefined : credentials.authorize(url, refused)
    },
    patience,
    atOnce,
    userAgent: `distaudit/${VERSION}`,
  })
  return networkOf(client, credentials, config)
}

const networkOf = (client: Client, credentials: Credentials, { indexes }: NetworkConfig): Network => ({
  target: (address, file) => remoteTarget(client, credentials.take(addressOf(address)), file),
  release: release => releaseFiles(client, credentials, indexes, release),
  take: credentials.take,
  client,
  traffic: () =>
    client.traffic.requests === 0
      ? undefined
      : `Received ${sizeText(client.traffic.bytes)} in ${plural(client.traffic.requests, 'request')}.`,
  close: client.close,
})

/** Those of Node, those that Node is told to trust, and those of the file that pip or the system is told to trust. */
async function trusted(file: string, extra: string | undefined): Promise<readonly string[]> {
  const own = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`The certificates in '${file}' cannot be read: ${reasonOf(error)}.`)
  })
  if (!/^-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/m.test(own))
    throw new UsageError(`There are no certificates in PEM format in '${file}'.`)
  // Node itself has warned of a file that cannot be read.
  const more = extra === undefined ? '' : await readFile(extra, 'utf8').catch(() => '')
  return [...rootCertificates, own, ...(more === '' ? [] : [more])]
}
