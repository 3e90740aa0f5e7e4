import type { PageDescription } from '../report/html/data.js'
import { dataIn, h } from './dom.js'

// The description is HTML that a stranger wrote. What PyPI's cleaner keeps is built anew, element by element, from a document
// that runs and loads nothing; the frame that shows it allows no scripts, and the policy of the page applies to it too.

/** As readme_renderer's cleaner has them. */
const TAGS: ReadonlySet<string> = new Set(
  'a abbr acronym b blockquote br caption cite code col colgroup dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var input aside figure figcaption'.split(
    ' ',
  ),
)
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title'],
  abbr: ['title'],
  acronym: ['title'],
  h1: ['align'],
  h2: ['align'],
  h3: ['align'],
  h4: ['align'],
  h5: ['align'],
  h6: ['align'],
  p: ['align'],
  div: ['align'],
  details: ['open'],
  li: ['value'],
  ol: ['start'],
  table: ['align'],
  td: ['align', 'colspan', 'rowspan'],
  th: ['align', 'colspan', 'rowspan'],
}
/** What is dropped with all that is in it. */
const DROPPED: ReadonlySet<string> = new Set(
  'script style title textarea noscript template iframe object embed svg math head xmp noembed noframes plaintext select'.split(
    ' ',
  ),
)
const DEEPEST = 100
const MOST = 50_000

/** Copies what is kept into `to`. */
function keep(from: Node, to: Node, made: Document, count: { left: number }, depth: number): void {
  for (const node of from.childNodes) {
    if (count.left-- <= 0) return
    if (node.nodeType === Node.TEXT_NODE) to.appendChild(made.createTextNode(node.nodeValue ?? ''))
    if (!(node instanceof Element)) continue
    const tag = node.localName
    if (DROPPED.has(tag) || node.namespaceURI !== 'http://www.w3.org/1999/xhtml') continue
    if (!TAGS.has(tag) || depth > DEEPEST) {
      keep(node, to, made, count, depth + 1)
      continue
    }
    if (tag === 'img') to.appendChild(imageText(node, made))
    else if (tag === 'input') to.appendChild(made.createTextNode(node.hasAttribute('checked') ? '☑ ' : '☐ '))
    else {
      const copy = made.createElement(tag)
      for (const name of ATTRIBUTES[tag] ?? []) {
        const value = node.getAttribute(name)
        if (value !== null && (name !== 'href' || /^(?:https?|mailto):/i.test(value.trim())))
          copy.setAttribute(name, value)
      }
      if (copy.hasAttribute('href')) {
        copy.setAttribute('target', '_blank')
        copy.setAttribute('rel', 'noopener noreferrer nofollow')
      }
      to.appendChild(copy)
      keep(node, copy, made, count, depth + 1)
    }
  }
}

/** No image is loaded: its text, and where it lies. */
function imageText(image: Element, made: Document): HTMLElement {
  const span = made.createElement('span')
  span.className = 'image'
  const alt = image.getAttribute('alt')?.trim() ?? ''
  const address = image.getAttribute('src') ?? ''
  span.textContent = alt === '' ? `Image: ${address.slice(0, 200)}` : alt
  span.title = address.slice(0, 500)
  return span
}

/** The document for the frame. */
function frameDocument(html: string, style: string): string {
  const given = new DOMParser().parseFromString(html, 'text/html')
  const made = document.implementation.createHTMLDocument('Description')
  made.documentElement.lang = 'en'
  made.head.append(Object.assign(made.createElement('style'), { textContent: style }))
  const main = made.body.appendChild(made.createElement('main'))
  keep(given.body, main, made, { left: MOST }, 0)
  return `<!doctype html>${made.documentElement.outerHTML}`
}

export function descriptionView(index: number): HTMLElement {
  const description = dataIn<PageDescription>(`description-${index}`)
  if (!description) return h('p', { text: 'There is no description.' })
  const { html, text, reason } = description
  if (html === undefined)
    return h(
      'div',
      {},
      reason !== undefined && h('p', { text: `The description is shown as it is written: ${reason}.` }),
      h('pre', { class: 'source', tabindex: 0, role: 'region', 'aria-label': 'Description', text }),
    )
  const frame = h('iframe', {
    title: 'Description as PyPI renders it',
    sandbox: 'allow-same-origin allow-popups allow-popups-to-escape-sandbox',
    referrerpolicy: 'no-referrer',
  })
  frame.srcdoc = frameDocument(html, dataIn<string>('frame-style') ?? '')
  frame.addEventListener('load', () => {
    const inside = frame.contentDocument?.documentElement
    if (inside) frame.style.height = `${Math.min(30_000, inside.scrollHeight + 4)}px`
  })
  return h('div', { class: 'frame' }, frame)
}
