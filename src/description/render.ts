import { ENDLESS, type Time } from '../time.js'
import { thousands } from '../wording.js'
import { rendersToNothing } from './markdown.js'
import type { Rendering } from './rendering.js'
import { dedentRest, fileLine } from './rst-text.js'

/** What docutils makes of a text. */
export interface RstRendering extends Pick<Rendering, 'outcome' | 'messages'> {
  /** With the outcome `ok`: what PyPI cleans and shows. Absent where the renderer does not tell. */
  readonly html?: string | undefined
}

/**
 * Runs the reStructuredText renderer; the outcome `unavailable` instead of a rejection. `milliseconds`: what is left of the time
 * for the file.
 */
export interface RstRenderer {
  render(text: string, milliseconds?: number): Promise<RstRendering>
}

/** Longer reStructuredText is not rendered: docutils takes some 10 s for each MiB. */
export const MAX_RST_LENGTH = 1024 * 1024
/** Renderings that are remembered: the wheels and the sdist of a release have one description. */
const MAX_CACHED = 32

/**
 * Renders a description as PyPI does (warehouse/utils/readme.py, readme_renderer 45.0). Never rejects. `contentType` is the
 * Description-Content-Type, if there is one.
 */
export type Render = (description: string, contentType: string | undefined, time?: Time) => Promise<Rendering>

/**
 * Renders what our own readers are sure of, and asks a renderer about other reStructuredText. It is started with the first
 * text that needs it; where that fails, such texts are `unavailable` for the reason of the rejection.
 */
export function renderWith(startRst: () => Promise<RstRenderer>): Render {
  const cache = new Map<string, Promise<Rendering>>()
  let renderer: Promise<RstRenderer> | undefined
  const rst = () => {
    renderer ??= startRst()
    return renderer
  }
  return (description, contentType, time = ENDLESS) => {
    const type = mediaType(contentType)
    const key = `${type} ${description}`
    const known = cache.get(key)
    if (known) return known
    const rendering = renderAs(type, description, rst, time)
    cache.set(key, rendering)
    const [oldest] = cache.keys()
    if (cache.size > MAX_CACHED && oldest !== undefined) cache.delete(oldest)
    return rendering
  }
}

/** The renderer that PyPI chooses: no type is reStructuredText, an unknown one plain text. */
export function mediaType(contentType: string | undefined): Rendering['type'] {
  const text = contentType?.trim() ?? ''
  if (contentType === undefined || contentType === '' || text === 'UNKNOWN') return 'text/x-rst'
  const type = text.split(';', 1)[0]?.trim().toLowerCase()
  return type === 'text/x-rst' || type === 'text/markdown' ? type : 'text/plain'
}

async function renderAs(
  type: Rendering['type'],
  description: string,
  rst: () => Promise<RstRenderer>,
  time: Time,
): Promise<Rendering> {
  // PyPI drops a value that is only UNKNOWN, and writes NUL as text.
  if (type === 'text/plain' || description.trim() === 'UNKNOWN') return { type, outcome: 'ok', messages: [] }
  const text = description.replaceAll('\0', '\\x00')
  if (type === 'text/x-rst') return renderRst(text, rst, time)
  const nothing = time.spend(() => rendersToNothing(text))
  if (!nothing) return unavailable(LATE, type)
  return { type, outcome: nothing.value ? 'empty' : 'ok', messages: [] }
}

const LATE = 'the time for the file was over'

async function renderRst(text: string, rst: () => Promise<RstRenderer>, time: Time): Promise<Rendering> {
  const type = 'text/x-rst'
  if (text.length > MAX_RST_LENGTH) return unavailable(`it is longer than ${thousands(MAX_RST_LENGTH)} characters`)
  // Most texts are right, and docutils takes a second to begin: it is asked about the others only.
  const { rendersSurely } = await import('./rst/sure.js')
  const sure = time.spend(() => rendersSurely(text))
  if (!sure) return unavailable(LATE)
  if (sure.value) return { type, outcome: 'ok', messages: [] }
  try {
    const { render } = await rst()
    const { outcome, messages: said } = await render(text, time.left())
    const messages = said.map(({ line, text: message }) => ({ line: line && fileLine(text, line), text: message }))
    const dedented = outcome === 'failed' || outcome === 'empty' ? dedentRest(text) : undefined
    if (dedented === undefined) return { type, outcome, messages }
    return { type, outcome, messages, okIfDedented: (await render(dedented, time.left())).outcome === 'ok' }
  } catch (error) {
    return unavailable(error instanceof Error ? error.message : String(error))
  }
}

function unavailable(reason: string, type: Rendering['type'] = 'text/x-rst'): Rendering {
  return { type, outcome: 'unavailable', messages: [{ line: undefined, text: reason }] }
}
