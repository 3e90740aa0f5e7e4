import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Limits } from '../archive/limits.js'
import type { AuditOptions, Part } from '../audit.js'
import type { Demands } from '../demands.js'
import type { GivenTarget, Target } from '../inputs.js'
import { once } from '../once.js'
import type { SourceFiles } from '../project/folder.js'
import type { TrackedFiles } from '../project/tracked.js'
import { auditGroup, type Engine, failedPart, type Group } from '../run.js'
import type { Choice } from '../selection.js'
import { startInflater } from './inflater.js'

/** What a worker thread is started with. */
export interface Settings {
  readonly choice: Choice
  readonly limits: Partial<Limits> | undefined
  readonly tracked: TrackedFiles | undefined
  readonly sources: SourceFiles | undefined
  readonly demands: Demands | undefined
  readonly descriptions: boolean | undefined
  readonly contents: boolean | undefined
  readonly someDistribution: boolean | undefined
}

/** What a worker thread is given: the files of one project, and those of its earlier releases. */
export interface Job {
  readonly files: readonly Target[]
  readonly earlier: readonly Target[] | undefined
}

/** Less than this many bytes in all are faster without starting threads. */
const WORTH_THREADS = 64 * 1024 * 1024
/** And less than this without a thread that inflates. */
const WORTH_INFLATER = 4 * 1024 * 1024

export interface PoolOptions {
  /** Threads; undefined: as many as pay off. */
  readonly jobs: number | undefined
  /** What will be audited. */
  readonly targets: readonly Target[]
  readonly onFile?: (done: number, target: Target) => void
}

/** Audits the files of one project together, and projects side by side where that pays off. */
export function pool({ jobs, targets, onFile }: PoolOptions): Engine<GivenTarget> {
  // From sources there is no file that a thread could run.
  const isThreaded = import.meta.url.endsWith('.cjs')
  const free = isThreaded && jobs !== 1 ? availableParallelism() : 1
  const bytes = free > 1 ? sizeOf(targets) : 0
  const inflater = once(() => {
    if (bytes < WORTH_INFLATER) return undefined
    return startInflater(fileURLToPath(new URL('./inflate.cjs', import.meta.url)))
  })
  // The thread starts while the rules load.
  if (targets.length === 1) inflater()
  return async (groups, options) => {
    let done = 0
    const step = (files: readonly Target[]) => {
      done += files.length
      const last = files.at(-1)
      if (last) onFile?.(done, last)
    }
    const threads = Math.min(jobs ?? (bytes < WORTH_THREADS ? 1 : free), groups.length)
    if (threads > 1 && isThreaded && groups.every(isSendable)) return inThreads(groups, threads, options, step)
    const parts: Part[] = []
    for (const { files, earlier } of groups) {
      let opened = 0
      const told = files.map(target => ({
        ...target,
        open: () => {
          onFile?.(done + opened++, target)
          return target.open()
        },
      }))
      parts.push(await auditGroup({ files: told, earlier }, { ...options, inflater: inflater() }))
      step(files)
    }
    return parts
  }
}

/** Bytes of all files, up to so many files. */
const sizeOf = (targets: readonly Target[]): number => {
  const size = ({ path }: Target) => {
    try {
      return statSync(path).size
    } catch {
      return 0
    }
  }
  return targets.slice(0, 1000).reduce((sum, target) => sum + size(target), 0)
}

/** What is on servers is asked by one thread alone: they are not to be asked more than that. */
const isSendable = ({ files, earlier = [] }: Group<GivenTarget>): boolean =>
  [...files, ...earlier].every(({ now, texts }) => now === undefined && texts === undefined)

/** What can be sent to a thread. */
const sendable = ({ path, filename, broken, tree, base }: Target): Target => ({ path, filename, broken, tree, base })

/** Each thread takes the next project when it is free. A thread that dies loses that project alone; another one goes on. */
async function inThreads(
  groups: readonly Group<GivenTarget>[],
  threads: number,
  { selection, limits, tracked, sources, demands, descriptions, contents, someDistribution }: AuditOptions,
  step: (files: readonly Target[]) => void,
): Promise<readonly Part[]> {
  // Not imported: most runs need no threads, and the code cache knows no `import()` of Node's own modules.
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  const file = fileURLToPath(new URL('./worker.cjs', import.meta.url))
  const queue = [...groups]
  const parts: Part[] = []
  const settings: Settings = {
    choice: selection.choice,
    limits,
    tracked,
    sources,
    demands,
    descriptions,
    contents,
    someDistribution,
  }
  const runOne = () =>
    new Promise<void>(resolve => {
      const worker = new Worker(file, { workerData: settings })
      let current: Group<GivenTarget> | undefined
      let fault: unknown
      const next = () => {
        current = queue.shift()
        if (!current) return void worker.terminate()
        const job: Job = { files: current.files.map(sendable), earlier: current.earlier?.map(sendable) }
        worker.postMessage(job)
      }
      const done = (part: Part) => {
        parts.push(part)
        if (current) step(current.files)
      }
      worker.on('message', (part: Part) => {
        done(part)
        next()
      })
      worker.on('error', error => {
        fault = error
      })
      worker.on('exit', code => {
        if (current) done(failedPart(current.files, fault ?? new Error(`its thread ended with status ${code}`)))
        resolve(queue.length > 0 ? runOne() : undefined)
      })
      next()
    })
  await Promise.all(Array.from({ length: threads }, runOne))
  return parts
}
