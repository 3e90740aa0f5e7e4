import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { within } from '../runtime.js'
import { thousands } from '../wording.js'
import { MAX_RST_LENGTH, mediaType, type RstRenderer } from './render.js'

/** A description as HTML. It is not clean: the code that shows it must keep only what PyPI keeps. */
export interface DescriptionHtml {
  readonly html?: string | undefined
  /** Why there is none. */
  readonly reason?: string | undefined
}

/** Milliseconds for one text: a README takes some 20. */
const MARKDOWN_MS = 5000

/** What PyPI's renderer makes of a description, before it is cleaned. Plain text has no HTML. Never rejects. */
export async function descriptionHtml(
  text: string,
  contentType: string | undefined,
  startRst: () => Promise<RstRenderer>,
): Promise<DescriptionHtml> {
  const type = mediaType(contentType)
  if (type === 'text/plain') return {}
  if (type === 'text/markdown') {
    const done = within(MARKDOWN_MS, () => markdownHtml(text))
    return done ? { html: done.value } : { reason: 'it takes too long to render' }
  }
  if (text.length > MAX_RST_LENGTH) return { reason: `it is longer than ${thousands(MAX_RST_LENGTH)} characters` }
  try {
    const { html, messages } = await (await startRst()).render(text)
    return html === undefined ? { reason: messages[0]?.text ?? 'the renderer gave no HTML' } : { html }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) }
  }
}

/** GitHub's Markdown with its HTML. */
const markdownHtml = (text: string): string =>
  micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
