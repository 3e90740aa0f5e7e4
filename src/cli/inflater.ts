import type { Inflater, Whole } from '../archive/inflater.js'
import type { Answer, Request } from './inflate.js'

const ROOM = 40 * 1024 * 1024

/** Starts a thread that inflates, of the built file `inflate.cjs`. It keeps no process alive when nothing is waited for. */
export function startInflater(file: string): Inflater {
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  const worker = new Worker(file)
  // Answers come in the order of the requests.
  let waiting: ((whole: Whole | undefined) => void)[] = []
  let gone = false
  const end = () => {
    gone = true
    for (const resolve of waiting) resolve(undefined)
    waiting = []
  }
  worker.on('message', (answer: Answer) => {
    waiting.shift()?.(answer)
    if (waiting.length === 0) worker.unref()
  })
  worker.on('error', end)
  worker.on('exit', end)
  worker.unref()
  return {
    room: ROOM,
    inflate(packed, size, crc) {
      if (gone) return Promise.resolve(undefined)
      worker.ref()
      return new Promise(resolve => {
        waiting.push(resolve)
        const request: Request = { packed: packed.slice(), size, crc }
        worker.postMessage(request, [request.packed.buffer as ArrayBuffer])
      })
    },
  }
}
