import { type Hash, sha256 } from '../runtime.js'
import type { Time } from '../time.js'
import type { ByteSource } from './source.js'

const BLOCK = 1024 * 1024

/** SHA-256 of a source as hex. Undefined when there was not the time: a file can be of any size and cost no room on the disk. */
export async function sha256OfSource(source: ByteSource, time: Pick<Time, 'left'>): Promise<string | undefined> {
  const digest = source.sha256 && (await source.sha256(time.left()).catch(() => undefined))
  if (digest !== undefined) return digest
  return digestOf(sha256(), source, time)
}

/** The same of any hash, made here. */
export async function digestOf(hash: Hash, source: ByteSource, time: Pick<Time, 'left'>): Promise<string | undefined> {
  const room = new Uint8Array(Math.min(BLOCK, source.size))
  for (let at = 0; at < source.size; at += BLOCK) {
    if (time.left() === 0) return undefined
    hash.update(await source.read(at, BLOCK, room))
  }
  return hash.digest('hex')
}
