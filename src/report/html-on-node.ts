import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { htmlOnNode } from '../description/render-node.js'
import { type HtmlOptions, renderHtml } from './html.js'
import type { Report } from './report.js'

/** Where `npm run build` puts what runs in the page, seen from the bundle or from the sources. */
const PLACES = ['./page/', '../page/', '../../dist/page/']

/** The report as a page; text of descriptions is rendered here. */
export async function htmlReport(report: Report, options: Pick<HtmlOptions, 'rules' | 'judged'>): Promise<string> {
  const folder = PLACES.map(place => new URL(place, import.meta.url)).find(url => existsSync(new URL('page.js', url)))
  if (!folder) throw new Error('the script of the HTML report is not part of this installation')
  const [script, style, frame] = await Promise.all(
    ['page.js', 'page.css', 'frame.css'].map(name => readFile(new URL(name, folder), 'utf8')),
  )
  return renderHtml(report, {
    ...options,
    code: { script: script ?? '', style: style ?? '', frame: frame ?? '' },
    describe: async ({ type, text }) => ({ ...(await htmlOnNode(text, type ?? undefined)), text }),
  })
}
