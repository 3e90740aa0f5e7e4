type Child = Node | string | undefined | false

interface Properties {
  readonly class?: string
  readonly text?: string
  /** Attributes as they are written; those that are undefined or false are left out. */
  readonly [attribute: string]: string | number | boolean | undefined
}

/** An element with attributes and children. Text stays text: nothing here reads HTML. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue
    if (name === 'text') element.textContent = String(value)
    else element.setAttribute(name, value === true ? '' : String(value))
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child)
  return element
}

/** The text between backticks as code: rules write it so. */
export function prose(text: string): DocumentFragment {
  const all = document.createDocumentFragment()
  for (const [index, piece] of text.split(/`([^`]+)`/).entries())
    if (piece !== '') all.append(index % 2 === 1 ? h('code', { text: piece }) : piece)
  return all
}

/** A link that leaves the page; only to the web. */
export function link(url: string, text: string): HTMLElement {
  if (!/^https?:\/\//i.test(url)) return h('span', { text })
  return h('a', { href: url, rel: 'noopener noreferrer', target: '_blank', text })
}

/** The content of a block of data in the page. */
export function dataIn<T>(id: string): T | undefined {
  const text = document.getElementById(id)?.textContent
  return text === undefined || text === null ? undefined : (JSON.parse(text) as T)
}

/** A table with a caption, the first cell of each row its head. Undefined where there are no rows. */
export function rowsTable(caption: string, heads: readonly string[], rows: readonly (readonly Child[])[]) {
  if (rows.length === 0) return undefined
  const head = h('tr', {}, ...heads.map(text => h('th', { scope: 'col', text })))
  const body = rows.map(([first, ...rest]) =>
    h('tr', {}, h('th', { scope: 'row' }, first), ...rest.map(cell => h('td', {}, cell))),
  )
  return scrolling(
    caption,
    h('table', {}, h('caption', { text: caption }), h('thead', {}, head), h('tbody', {}, ...body)),
  )
}

/** What may be wider than the page: it scrolls, with the keyboard too. */
export const scrolling = (label: string, inside: HTMLElement): HTMLElement =>
  h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Table: ${label}` }, inside)

/** Shows a long list in parts: the first ones, and a button for the next. */
export function inParts<T>(all: readonly T[], most: number, list: HTMLElement, item: (one: T) => Node): HTMLElement {
  const box = h('div', {}, list)
  let shown = 0
  const more = h('button', { type: 'button', class: 'more' })
  const next = () => {
    const part = all.slice(shown, shown + most)
    const items = part.map(item)
    list.append(...items)
    const first = shown > 0 ? items[0] : undefined
    shown += part.length
    const rest = all.length - shown
    more.textContent = `Show ${Math.min(rest, most)} more of ${rest}`
    if (rest === 0) more.remove()
    else box.append(more)
    if (first instanceof HTMLElement)
      first.querySelector<HTMLElement>('summary, button, a')?.focus({ preventScroll: true })
  }
  more.addEventListener('click', next)
  next()
  return box
}
