import { parentPort } from 'node:worker_threads'
import type { Whole } from '../archive/inflater.js'
import { crc32, inflateRawAtOnce, sha256Of } from '../runtime.js'

// A thread of the command: inflates members of a wheel while the others are looked at.

/** What the thread is asked: see `Inflater`. */
export interface Request {
  readonly packed: Uint8Array
  readonly size: number
  readonly crc: number
}
export type Answer = Whole | undefined

function inflated({ packed, size, crc }: Request): Answer {
  const { output, consumed } = inflateRawAtOnce(packed, size) ?? {}
  if (consumed !== packed.length || output?.length !== size || crc32(output) !== crc) return undefined
  return { output, sha256: sha256Of(output), lasting: true }
}

parentPort?.on('message', (request: Request) => {
  const answer = inflated(request)
  parentPort?.postMessage(answer, answer ? [answer.output.buffer as ArrayBuffer] : [])
})
