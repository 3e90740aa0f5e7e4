import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, FromChild, Request } from './messages.ts'

/** The audit could not be made; the file, or the machine, is the reason. */
export class AuditFailure extends Error {}
export class FactsMissing extends Error {}

export interface PoolOptions {
  readonly processes: number
  /** Bytes of a process's JavaScript memory, in MiB. */
  readonly memory?: number | undefined
  /** A process is replaced after so many files: what the libraries in it gather does not stay. */
  readonly files?: number | undefined
}

export interface AskOptions {
  readonly onProgress?: ((bytesRead: number, size: number) => void) | undefined
  /** Ends the process that works on it. */
  readonly signal?: AbortSignal | undefined
}

export interface Pool {
  /** @throws AuditFailure with the reason, FactsMissing when the kept facts are not enough. */
  ask(request: Request, options?: AskOptions): Promise<Answer>
  readonly waiting: number
  readonly busy: number
  /** Processes that were ended before their end. */
  readonly killed: number
  close(): void
}

/** Behind the time limit of the readers. */
const GRACE_SECONDS = 15

interface Waiting {
  readonly request: Request
  readonly options: AskOptions
  resolve(answer: Answer): void
  reject(error: Error): void
}

/** Processes that audit files, one file at a time each. */
export function startPool({ processes, memory = 1024, files = 500 }: PoolOptions): Pool {
  const idle: { child: ChildProcess; done: number }[] = []
  const all = new Set<ChildProcess>()
  const queue: Waiting[] = []
  let busy = 0
  let killed = 0
  let closed = false

  const spawn = () => {
    const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), {
      execArgv: ['--import', import.meta.resolve('tsx'), `--max-old-space-size=${memory}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // It reads files that nobody vouches for: it is told nothing that it does not need.
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, NODE_ENV: process.env.NODE_ENV },
    })
    all.add(child)
    const one = { child, done: 0 }
    child.on('exit', () => {
      all.delete(child)
      const at = idle.indexOf(one)
      if (at >= 0) idle.splice(at, 1)
    })
    return one
  }

  const next = () => {
    while (busy < processes) {
      const waiting = queue.shift()
      if (!waiting) return
      if (waiting.options.signal?.aborted) {
        waiting.reject(new AuditFailure('The audit was cancelled.'))
        continue
      }
      busy++
      void run(idle.pop() ?? spawn(), waiting).finally(() => {
        busy--
        next()
      })
    }
  }

  const run = (one: { child: ChildProcess; done: number }, { request, options, resolve, reject }: Waiting) =>
    new Promise<void>(over => {
      const { child } = one
      let why: string | undefined
      const kill = (reason: string) => {
        why = reason
        killed++
        child.kill('SIGKILL')
      }
      const most = request.seconds + GRACE_SECONDS
      const timer = setTimeout(() => kill(`The audit took more than ${most} seconds and was ended.`), most * 1000)
      const onAbort = () => kill('The audit was cancelled.')
      options.signal?.addEventListener('abort', onAbort, { once: true })
      const finish = (reusable: boolean) => {
        clearTimeout(timer)
        options.signal?.removeEventListener('abort', onAbort)
        child.off('message', onMessage)
        child.off('exit', onExit)
        one.done++
        if (reusable && !closed && one.done < files) idle.push(one)
        else child.kill('SIGKILL')
        over()
      }
      const onMessage = (message: FromChild) => {
        if (message.kind === 'progress') return void options.onProgress?.(message.bytesRead, message.size)
        finish(true)
        if (message.kind === 'done') resolve(message.answer)
        else if (message.kind === 'facts-missing') reject(new FactsMissing('The kept facts are not enough.'))
        else reject(new AuditFailure(message.reason))
      }
      const onExit = (code: number | null, signal: string | null) => {
        finish(false)
        reject(
          new AuditFailure(why ?? `The audit process ended with ${signal ?? `status ${code}`} while it read the file.`),
        )
      }
      child.on('message', onMessage)
      child.on('exit', onExit)
      child.send(request, error => {
        if (error) child.kill('SIGKILL')
      })
    })

  return {
    ask: (request, options = {}) =>
      new Promise((resolve, reject) => {
        queue.push({ request, options, resolve, reject })
        next()
      }),
    get waiting() {
      return queue.length
    },
    get busy() {
      return busy
    },
    get killed() {
      return killed
    },
    close() {
      closed = true
      for (const child of all) child.kill('SIGKILL')
    },
  }
}
