import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Limits } from '../archive/limits.js'
import { auditPart, type Part } from '../audit.js'
import { groupByProject, ofProject } from '../distribution/grouping.js'
import { WHOLE_AUDIT } from '../finding.js'
import type { TrackedFiles } from '../project/tracked.js'
import type { AnyRule } from '../rule.js'
import { type Choice, chooseRules } from '../selection.js'
import { openTarget, type Target } from './files.js'
import { allRules, type RuleSet } from './rules.js'

export interface Work {
  readonly set: RuleSet
  readonly choice: Choice
  readonly limits: Partial<Limits>
  /** Threads; undefined: as many as pay off. */
  readonly jobs: number | undefined
  /** Files of earlier releases, to compare with; undefined when none are asked for. */
  readonly baseline?: readonly Target[] | undefined
  readonly tracked?: TrackedFiles | undefined
  readonly onFile?: (done: number, target: Target) => void
}

/** What a worker thread is started with. */
export type Settings = Pick<Work, 'choice' | 'limits' | 'tracked'>

/** What a worker thread is given: the files of one project. */
export interface Job {
  readonly targets: readonly Target[]
  readonly baseline: readonly Target[] | undefined
}

/** Less than this many bytes in all are faster without starting threads. */
const WORTH_THREADS = 64 * 1024 * 1024

export interface Audited {
  readonly parts: readonly Part[]
  /** The rules that ran, and those that were not chosen. */
  readonly rules: readonly AnyRule[]
}

/** Audits files: those of one project together, projects side by side. */
export async function auditTargets(targets: readonly Target[], work: Work): Promise<Audited> {
  const parts = await auditGroups(targets, work)
  // A wheel for every platform turned out to hold binaries: now the rules about them are wanted after all.
  const more = work.set.partial && parts.some(part => part.binaries)
  if (!more) return { parts, rules: work.set.rules }
  const set = await allRules()
  return { parts: await auditGroups(targets, { ...work, set }), rules: set.rules }
}

async function auditGroups(targets: readonly Target[], work: Work): Promise<readonly Part[]> {
  const groups = groupByProject(targets, target => target.filename)
  let done = 0
  const step = (group: readonly Target[]) => {
    done += group.length
    const last = group.at(-1)
    if (last) work.onFile?.(done, last)
  }
  const jobs = Math.min(work.jobs ?? (await profitable(targets, groups.length)), groups.length)
  // From sources there is no file that a thread could run.
  if (jobs > 1 && import.meta.url.endsWith('.cjs')) return inThreads(groups, jobs, work, step)
  const selection = chooseRules(work.set.rules, work.choice)
  const { limits, tracked } = work
  const parts: Part[] = []
  for (const group of groups) {
    const openers = group.map((target, i) => () => {
      work.onFile?.(done + i, target)
      return openTarget(target)
    })
    const earlier = earlierOf(group, work)?.map(target => () => openTarget(target))
    parts.push(await auditPart(openers, { selection, limits, tracked }, earlier).catch(error => failed(group, error)))
    step(group)
  }
  return parts
}

const earlierOf = (group: readonly Target[], { baseline }: Work) =>
  baseline && ofProject(baseline, group, target => target.filename)

async function profitable(targets: readonly Target[], groups: number): Promise<number> {
  const threads = availableParallelism()
  if (groups < 2 || threads < 2) return 1
  const sizes = await Promise.all(
    targets.slice(0, 1000).map(target =>
      stat(target.path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0) < WORTH_THREADS ? 1 : threads
}

const NOTHING: Part = {
  distributions: [],
  releases: [],
  errors: [],
  withoutBaseline: [],
  unreadBaselines: [],
  binaries: false,
}

/** What is left of a project when its audit failed as a whole, which is a fault of ours: the others go on. */
function failed(group: readonly Target[], error: unknown): Part {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
  const errors = group.map(({ path }) => ({ rule: WHOLE_AUDIT, path, message, stack }))
  return { ...NOTHING, errors }
}

/** Each thread takes the next project when it is free. A thread that dies loses that project alone; another one goes on. */
async function inThreads(
  groups: readonly (readonly Target[])[],
  jobs: number,
  work: Work,
  step: (group: readonly Target[]) => void,
): Promise<readonly Part[]> {
  // Not imported: most runs need no threads, and the code cache knows no `import()` of Node's own modules.
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  const file = fileURLToPath(new URL('./worker.cjs', import.meta.url))
  const queue = [...groups]
  const parts: Part[] = []
  const { choice, limits, tracked } = work
  const settings: Settings = { choice, limits, tracked }
  const runOne = () =>
    new Promise<void>(resolve => {
      const worker = new Worker(file, { workerData: settings })
      let current: readonly Target[] | undefined
      let fault: unknown
      const next = () => {
        current = queue.shift()
        if (current) worker.postMessage({ targets: current, baseline: earlierOf(current, work) } satisfies Job)
        else void worker.terminate()
      }
      const done = (part: Part) => {
        parts.push(part)
        if (current) step(current)
      }
      worker.on('message', (part: Part) => {
        done(part)
        next()
      })
      worker.on('error', error => {
        fault = error
      })
      worker.on('exit', code => {
        if (current) done(failed(current, fault ?? new Error(`its thread ended with status ${code}`)))
        resolve(queue.length > 0 ? runOne() : undefined)
      })
      next()
    })
  await Promise.all(Array.from({ length: jobs }, runOne))
  return parts
}
