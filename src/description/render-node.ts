import { type Render, renderWith } from './render.js'

/** Descriptions rendered on Node: what is not sure goes to docutils in Pyodide. */
export const renderOnNode: Render = renderWith(() => import('./pyodide-node.js').then(module => module.startRenderer()))
