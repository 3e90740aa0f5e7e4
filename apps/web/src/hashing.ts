import workerUrl from './hash.worker.ts?worker&url'
import { startWorker } from './start-worker.ts'

/** What the worker is asked; it answers through the port. */
export interface Hashing {
  readonly blob: Blob
  readonly milliseconds: number
  readonly port: MessagePort
}

/** Smaller files are hashed before a worker has begun. */
const WORTH = 4 * 1024 * 1024

let worker: Worker | undefined

/** SHA-256 of a file by a worker of its own; undefined where that does not pay off, or takes too long. */
export function hashed(blob: Blob, milliseconds: number): Promise<string | undefined> {
  if (blob.size < WORTH) return Promise.resolve(undefined)
  const current = worker ?? startWorker(workerUrl)
  worker = current
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    const settle = (digest?: string) => {
      port1.close()
      current.removeEventListener('error', failed)
      resolve(digest)
    }
    // The next file gets a new one.
    const failed = () => {
      worker = undefined
      settle()
    }
    port1.onmessage = ({ data }: MessageEvent<string | undefined>) => settle(data)
    current.addEventListener('error', failed)
    current.postMessage({ blob, milliseconds, port: port2 } satisfies Hashing, [port2])
  })
}
