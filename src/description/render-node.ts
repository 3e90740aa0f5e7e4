import { once } from '../once.js'
import type { DescriptionHtml } from './html.js'
import { type Render, renderWith } from './render.js'

const startRst = once(() => import('./pyodide-node.js').then(module => module.startRenderer()))

/** Descriptions rendered on Node: what is not sure goes to docutils in Pyodide. */
export const renderOnNode: Render = renderWith(startRst)

/** Descriptions as HTML, by the same docutils. */
export const htmlOnNode = async (text: string, contentType: string | undefined): Promise<DescriptionHtml> =>
  (await import('./html.js')).descriptionHtml(text, contentType, startRst)
