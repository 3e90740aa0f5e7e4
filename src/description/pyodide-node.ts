import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { inTime } from '../time.js'
import type { RstRenderer, RstRendering } from './render.js'

// Docutils in Pyodide on a thread of its own, so that a text that keeps it busy for ever can be stopped.

/** Loading takes 0.3 s with the memory snapshot, some 7 s without; a busy machine needs a multiple. */
const LOADING_MS = 60_000
const RENDERING_MS = 20_000

/** What the thread sends: `ready` once, then one answer for each text it was sent. */
export type Answer = { readonly ready: true } | { readonly json: string } | { readonly fault: string }

/** Where `npm run build` puts the thread's program with the snapshot, seen from the bundle or from the sources. */
const PLACES = ['./renderer/', '../renderer/', '../../dist/renderer/']

function rendererDirectory(): URL | undefined {
  return PLACES.map(place => new URL(place, import.meta.url)).find(url => existsSync(new URL('worker.js', url)))
}

interface Thread {
  ask(text: string, milliseconds: number): Promise<RstRendering>
  /** Loaded once, and ended since: a new one will do. A thread that could not be loaded is not replaced. */
  readonly spent: boolean
}

/** Starts the thread; `renderingMs` is the time that one text may take. Never rejects: what cannot be loaded gives `unavailable` for each text. */
export async function startRenderer(renderingMs = RENDERING_MS): Promise<RstRenderer> {
  const directory = rendererDirectory()
  if (!directory) return { render: async () => unavailable('the renderer is not part of this installation') }
  let thread = startThread(directory, renderingMs)
  let last: Promise<unknown> = Promise.resolve()
  const render = (text: string, milliseconds = Number.POSITIVE_INFINITY): Promise<RstRendering> => {
    const asked = performance.now()
    // One after the other, so that the time limit is that of one text.
    const rendered = last.then(() => {
      if (thread.spent) thread = startThread(directory, renderingMs)
      return thread.ask(text, milliseconds - (performance.now() - asked))
    })
    last = rendered
    return rendered
  }
  return { render }
}

function startThread(directory: URL, renderingMs: number): Thread {
  // The process's own arguments mean nothing to Pyodide and its Python, and a loader of sources breaks its search for files.
  const worker = new Worker(new URL('worker.js', directory), { argv: [], execArgv: [], stdout: true, stderr: true })
  worker.unref()
  let dead = false
  let settle: ((answer: Answer) => void) | undefined
  let early: Answer | undefined
  const next = (limit: number, late: string): Promise<Answer> =>
    new Promise(resolve => {
      // A waiting caller keeps the process alive, an idle thread does not.
      worker.ref()
      const timer = setTimeout(() => end(late), limit).unref()
      settle = answer => {
        clearTimeout(timer)
        worker.unref()
        settle = undefined
        resolve(answer)
      }
      if (early) settle(early)
      early = undefined
    })
  const deliver = (answer: Answer) => {
    if (settle) settle(answer)
    else early = answer
  }
  function end(fault: string): void {
    if (dead) return
    dead = true
    deliver({ fault })
    void worker.terminate()
  }
  worker.on('message', deliver)
  worker.on('error', error => end(messageOf(error)))
  worker.on('exit', () => end('the renderer ended'))

  let loading: Promise<Answer> | undefined
  let ready = false
  return {
    get spent() {
      return ready && dead
    },
    async ask(text, milliseconds) {
      const until = performance.now() + milliseconds
      worker.ref()
      loading ??= next(LOADING_MS, `the renderer was not loaded after ${LOADING_MS / 1000} s`)
      // Nobody waits any longer; the next text may find it loaded.
      const gaveUp: Answer = { fault: 'the time for the file was over before the renderer was loaded' }
      const loaded = await inTime(loading, milliseconds, () => gaveUp).catch(() => gaveUp)
      if (loaded === gaveUp) {
        worker.unref()
        return unavailable(gaveUp.fault)
      }
      if ('fault' in loaded) {
        end(loaded.fault)
        return unavailable(loaded.fault)
      }
      ready = true
      const left = until - performance.now()
      const answer =
        left < renderingMs
          ? next(left, 'the time for the file was over before it was rendered')
          : next(renderingMs, `rendering took longer than ${renderingMs / 1000} s`)
      worker.postMessage(text)
      const given = await answer
      // Pyodide does not survive an error of its own: the next text gets a new thread.
      if ('fault' in given) end(given.fault)
      return readAnswer(given)
    },
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function readAnswer(answer: Answer): RstRendering {
  if (!('json' in answer)) return unavailable('fault' in answer ? answer.fault : 'the renderer gave no answer')
  const { outcome, messages, html } = JSON.parse(answer.json) as Pick<RstRendering, 'outcome' | 'html'> & {
    readonly messages: readonly { readonly line: number | null; readonly text: string }[]
  }
  return { outcome, messages: messages.map(({ line, text }) => ({ line: line ?? undefined, text })), html }
}

function unavailable(reason: string): RstRendering {
  return { outcome: 'unavailable', messages: [{ line: undefined, text: reason }] }
}
