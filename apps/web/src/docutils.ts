import type { RstRenderer, RstRendering } from 'distaudit/browser'
import workerUrl from './docutils.worker.ts?worker&url'
import { startWorker } from './start-worker.ts'

// Docutils in a worker of its own, so that a text that keeps it busy for ever can be stopped. It is loaded with the first text.

const LOADING_MS = 120_000
const RENDERING_MS = 20_000

/** What the worker sends: `ready` once, then one answer for each text it was sent. */
export type RendererAnswer = { readonly ready: true } | { readonly json: string } | { readonly fault: string }

/** `folder`: the address of its files. `onLoad`: it is being loaded, which takes seconds. */
export function docutils(folder: string, onLoad: () => void): RstRenderer {
  let worker: Worker | undefined
  let broken: string | undefined
  let last: Promise<unknown> = Promise.resolve()
  const end = () => {
    worker?.terminate()
    worker = undefined
  }
  const answerOf = (from: Worker, milliseconds: number, late: string): Promise<RendererAnswer> =>
    new Promise(resolve => {
      const settle = (answer: RendererAnswer) => {
        clearTimeout(timer)
        from.onmessage = null
        from.onerror = null
        resolve(answer)
      }
      const timer = setTimeout(() => settle({ fault: late }), milliseconds)
      from.onmessage = ({ data }: MessageEvent<RendererAnswer>) => settle(data)
      from.onerror = ({ message }) => settle({ fault: message || 'its program could not be loaded' })
    })
  const ask = async (text: string): Promise<RstRendering> => {
    if (broken !== undefined) return unavailable(broken)
    if (!worker) {
      onLoad()
      worker = startWorker(workerUrl)
      worker.postMessage({ folder })
      const answer = await answerOf(worker, LOADING_MS, `the renderer was not loaded after ${LOADING_MS / 1000} s`)
      if (!('ready' in answer)) {
        end()
        broken = 'fault' in answer ? answer.fault : 'the renderer did not start'
        return unavailable(broken)
      }
    }
    worker.postMessage({ text })
    const answer = await answerOf(worker, RENDERING_MS, `rendering took longer than ${RENDERING_MS / 1000} s`)
    if ('json' in answer) return rendering(answer.json)
    // Pyodide does not survive an error of its own: the next text gets a new worker.
    end()
    return unavailable('fault' in answer ? answer.fault : 'the renderer gave no answer')
  }
  return {
    render(text) {
      // One after the other, so that the time limit is that of one text.
      const rendered = last.then(() => ask(text))
      last = rendered
      return rendered
    },
  }
}

function rendering(json: string): RstRendering {
  const { outcome, messages, html } = JSON.parse(json) as Pick<RstRendering, 'outcome' | 'html'> & {
    readonly messages: readonly { readonly line: number | null; readonly text: string }[]
  }
  return { outcome, messages: messages.map(({ line, text }) => ({ line: line ?? undefined, text })), html }
}

const unavailable = (text: string): RstRendering => ({
  outcome: 'unavailable',
  messages: [{ line: undefined, text }],
})
