import { Worker } from 'node:worker_threads'
import { type OutputChunk, rolldown } from 'rolldown'
import { browserInput, browserOutput } from '../../scripts/browser-bundle.js'
import type { Demands } from '../../src/demands.js'
import type { TrackedFiles } from '../../src/project/tracked.js'
import type { Report } from '../../src/report/report.js'
import type { Choice } from '../../src/selection.js'

/** What the build writes for browsers, made of the sources as they are. */
export async function browserChunks(): Promise<readonly OutputChunk[]> {
  const bundle = await rolldown({ ...browserInput, logLevel: 'silent' })
  const { output } = await bundle.generate(browserOutput)
  await bundle.close()
  return output.map(file => {
    if (file.type !== 'chunk') throw new Error(`the bundle has a file that is no code: ${file.fileName}`)
    return file
  })
}

interface Bytes {
  readonly name: string
  readonly bytes: Uint8Array
}

/** What browser.ts is asked, as it can be sent to a thread. */
interface Job {
  readonly files: readonly Bytes[]
  readonly baseline?: readonly Bytes[] | undefined
  readonly project?: { readonly files: ReadonlyMap<string, string>; readonly tracked?: TrackedFiles | undefined }
  readonly config?: { readonly name: string; readonly text: string }
  /** What the renderer answers to every text. */
  readonly renderer?: { readonly outcome: 'ok' | 'failed'; readonly messages: readonly object[] }
  readonly options?: Choice & Demands & { readonly ignores?: boolean }
}

interface Done {
  readonly report: Report
  /** The report as it was made, with the order of its keys. */
  readonly json: string
  readonly notes: readonly string[]
}

export interface BrowserRealm {
  audit(job: Job): Promise<Done>
  end(): Promise<unknown>
}

/** The bundle running where there is no Node. */
export function startBrowserRealm(chunks: readonly OutputChunk[]): BrowserRealm {
  const code = Object.fromEntries(chunks.map(chunk => [chunk.fileName, chunk.code]))
  const worker = new Worker(new URL('./browser-realm.cjs', import.meta.url), {
    workerData: code,
    execArgv: ['--experimental-vm-modules', '--no-warnings'],
  })
  let last = 0
  const waiting = new Map<number, (answer: { readonly done?: Omit<Done, 'report'>; readonly error?: string }) => void>()
  worker.on('message', ({ id, ...answer }) => waiting.get(id)?.(answer))
  worker.on('error', error => {
    for (const settle of waiting.values()) settle({ error: String(error) })
  })
  return {
    async audit(job) {
      const id = last++
      const { done, error } = await new Promise<Parameters<NonNullable<ReturnType<typeof waiting.get>>>[0]>(resolve => {
        waiting.set(id, resolve)
        worker.postMessage({ id, job })
      })
      waiting.delete(id)
      if (!done) throw new Error(error)
      return { ...done, report: JSON.parse(done.json) as Report }
    },
    end: () => worker.terminate(),
  }
}
