import { basename } from 'node:path/posix'
import type { Listed } from '../distribution/listed.js'
import { unreadable } from '../distribution/read.js'
import type { Given } from '../run.js'
import { MediumError } from '../source/medium-error.js'
import { UsageError } from '../usage-error.js'
import { projectOfPage, shownUrl } from './address.js'
import { decoded } from './basic.js'
import { remoteSource } from './file.js'
import type { Client } from './http.js'

/** @throws UsageError for what is not the address of a file. */
export function addressOf(text: string): URL {
  if (!URL.canParse(text)) throw new UsageError('The address is not a valid URL.')
  const url = new URL(text)
  const page = projectOfPage(url)
  if (page !== undefined)
    throw new UsageError(
      `${shownUrl(url)} is the page of a project, not a file. \`distaudit index ${page}\` audits a release of it.`,
    )
  if (filenameOf(url) === '')
    throw new UsageError(
      `The address ${shownUrl(url)} does not end in a file name. \`distaudit index NAME\` audits a release.`,
    )
  return url
}

const filenameOf = (url: URL): string => basename(decoded(url.pathname))

export interface RemoteFile {
  /** Default: the last part of the address. */
  readonly filename?: string | undefined
  readonly size?: number | undefined
  /** The SHA-256 that it is to have, in hex. */
  readonly sha256?: string | undefined
  /** What the index says of it. */
  readonly listed?: (() => Promise<Listed>) | undefined
}

/** A file on a server; opened when its turn comes. A digest behind its address, as pip has it, is compared. */
export function remoteTarget(client: Client, address: URL, file: RemoteFile = {}): Given {
  const { filename = filenameOf(address), size } = file
  const sha256 = file.sha256 ?? new URLSearchParams(address.hash.slice(1)).get('sha256')?.toLowerCase()
  const url = new URL(address)
  url.hash = ''
  const path = shownUrl(url)
  const listed = file.listed ?? (sha256 === undefined ? undefined : async (): Promise<Listed> => ({ sha256 }))
  return {
    path,
    filename,
    now: () => performance.now() - client.waited(),
    async open() {
      try {
        const from = /\.(?:whl|zip)$/.test(filename) ? 'end' : 'start'
        const [source, said] = await Promise.all([remoteSource(client, url, { from, size }), listed?.()])
        return { path, filename, source, listed: said }
      } catch (error) {
        if (!(error instanceof MediumError)) throw error
        return unreadable(path, filename, 'unreadable', error.message)
      }
    },
  }
}
