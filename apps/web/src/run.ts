import workerUrl from './audit.worker.ts?worker&url'
import type { Answer, Done, Job } from './messages.ts'
import { startWorker } from './start-worker.ts'

/** The page was told to end the work, or it took too long. */
export class Ended extends Error {
  override readonly name = 'Ended'
}

/** Nothing for so long is no answer: what a file may take ends long before, unless something goes wrong. */
export const PATIENCE_MS = 180_000

export interface Watcher {
  progress(name: string, done: number, of: number): void
  step(text: string): void
}

export interface Runner {
  /** One job at a time. Rejects with what the user should read. */
  run(job: Job, watcher: Watcher): Promise<Done>
  /** Ends the work wherever it is. */
  cancel(): void
}

export function runner(patience = PATIENCE_MS): Runner {
  let worker: Worker | undefined
  let stop: ((reason: Error) => void) | undefined
  const end = (reason: Error) => {
    worker?.terminate()
    worker = undefined
    stop?.(reason)
  }
  const run = (job: Job, watcher: Watcher) =>
    new Promise<Done>((resolve, reject) => {
      const current = worker ?? startWorker(workerUrl)
      worker = current
      let doing = ''
      let timer: ReturnType<typeof setTimeout> | undefined
      const settle = () => {
        clearTimeout(timer)
        stop = undefined
      }
      const wait = () => {
        clearTimeout(timer)
        timer = setTimeout(
          () =>
            end(
              new Ended(
                `${doing === '' ? 'The work' : doing} gave no answer for ${patience / 1000} seconds, so it was ended. The other files are not affected.`,
              ),
            ),
          patience,
        )
      }
      stop = reason => {
        settle()
        reject(reason)
      }
      current.onmessage = ({ data }: MessageEvent<Answer>) => {
        if (current !== worker) return
        wait()
        if (data.kind === 'progress') {
          doing = data.name
          watcher.progress(data.name, data.done, data.of)
        } else if (data.kind === 'step') watcher.step(data.text)
        else {
          settle()
          if (data.kind === 'done') resolve(data)
          else if (data.expected) reject(new Ended(data.message))
          else end(new Error(`This is a bug in distaudit, please report it: ${data.message}`))
          if (data.kind === 'failed' && !data.expected)
            reject(new Error(`This is a bug in distaudit, please report it: ${data.message}`))
        }
      }
      current.onerror = ({ message }) => end(new Error(`The page could not be loaded completely: ${message}`))
      wait()
      current.postMessage(job)
    })
  return { run, cancel: () => end(new Ended('')) }
}
