import type { Library, Native, Origin } from '../report/html/data.js'
import { plural } from '../wording.js'
import { h, rowsTable } from './dom.js'

/** What stands above the libraries of one origin, those that need a look first. */
const ORIGIN_NAMES: Readonly<Record<Origin, string>> = {
  unknown: 'Missing: nothing known brings it',
  distribution: 'From a required distribution',
  wheel: 'In the wheel',
  system: 'From the system',
  interpreter: 'From the Python interpreter',
  driver: 'From a driver',
}
const OUTSIDE: readonly Origin[] = ['unknown', 'distribution', 'driver', 'interpreter', 'system']

/** Nodes of one column of the graph; of more there is the table alone. */
const MOST = 80

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const keyOf = (library: Library): string =>
  library.from === 'wheel' && library.path !== undefined ? library.path : `${library.from} ${library.name}`

interface Edge {
  readonly from: HTMLElement
  readonly to: HTMLElement
}

/** Which binary loads which library, as a graph of three columns and as a table. Undefined where there are no binaries. */
export function nativesView(natives: readonly Native[]): { element: HTMLElement; stop: () => void } | undefined {
  if (natives.length === 0) return undefined
  const table = rowsTable(
    'Binaries, and the libraries that they load',
    ['Binary', 'Format', 'Libraries'],
    natives.map(one => [one.path, one.about, librariesList(one.libraries)]),
  )
  const asTable = h('details', { class: 'astable' }, h('summary', { text: 'The same as a table' }))
  asTable.addEventListener('toggle', () => table && asTable.append(table), { once: true })
  const graph = graphView(natives)
  return { element: h('div', {}, graph.element, asTable), stop: graph.stop }
}

const librariesList = (libraries: readonly Library[]): HTMLElement | string =>
  libraries.length === 0
    ? 'none'
    : h('ul', {}, ...libraries.map(one => h('li', {}, h('code', { text: one.name }), ` ${originText(one)}`)))

function originText({ from, distribution, extra, path, version, optional, symbols }: Library): string {
  const where =
    from === 'distribution'
      ? `from ${distribution ?? ''}${extra ? ', which an extra requires' : ''}`
      : from === 'wheel'
        ? `in the wheel: ${path ?? ''}`
        : from === 'unknown'
          ? 'missing: nothing known brings it'
          : ORIGIN_NAMES[from].toLowerCase().replace('python', 'Python')
  const more = [version && `version ${version}`, optional && 'optional', symbols && `needs ${symbols.join(', ')}`]
  return [where, ...more.filter(text => text)].join('; ')
}

function graphView(natives: readonly Native[]) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('aria-hidden', 'true')
  const nodes = new Map<string, HTMLElement>()
  const edges: Edge[] = []
  const node = (key: string, name: string, about: string, style: string) => {
    const button = h(
      'button',
      { type: 'button', class: `node ${style}`, 'aria-pressed': 'false' },
      h('span', { class: 'name', text: name }),
      about !== '' && h('span', { class: 'about', text: about }),
    )
    nodes.set(key, button)
    return h('li', {}, button)
  }
  const libraries = new Map(natives.flatMap(one => one.libraries.map(library => [keyOf(library), library] as const)))
  const bundled = natives.filter(({ path, role }) => role !== 'extension' && role !== 'program' && libraries.has(path))
  const first = natives.filter(one => !bundled.includes(one))
  const column = (title: string, items: readonly HTMLElement[]) =>
    h(
      'div',
      { class: 'column' },
      h('h4', { text: title }),
      h('ul', {}, ...items),
      items.length === 0 && h('p', { text: 'none' }),
    )
  const loaders = first.slice(0, MOST).map(one => node(one.path, base(one.path), one.about, one.role))
  const inWheel = bundled
    .slice(0, MOST)
    .map(one => node(one.path, base(one.path), libraries.get(one.path)?.version ?? '', 'bundled'))
  const outside = OUTSIDE.flatMap(origin => {
    const all = [...libraries.values()].filter(({ from }) => from === origin)
    if (all.length === 0) return []
    const items = all
      .slice(0, MOST)
      .map(one => node(keyOf(one), one.name, one.distribution ?? (one.optional ? 'optional' : ''), origin))
    return [column(ORIGIN_NAMES[origin], items)]
  })
  for (const one of natives)
    for (const library of one.libraries) {
      const [from, to] = [nodes.get(one.path), nodes.get(keyOf(library))]
      if (from && to && from !== to) edges.push({ from, to })
    }
  const columns = h(
    'div',
    { class: 'columns' },
    column('Extension modules and programs', loaders),
    column('Libraries in the wheel', inWheel),
    h('div', { class: 'outside' }, ...outside),
  )
  const said = h('p', {
    class: 'about',
    role: 'status',
    text: 'Choose a node to see what it loads, and what loads it.',
  })
  const element = h('div', { class: 'graph' }, svg, columns)
  let chosen: HTMLElement | undefined
  const mark = (node: HTMLElement | undefined) => {
    const near = new Set(edges.flatMap(({ from, to }) => (from === node ? [to] : to === node ? [from] : [])))
    element.classList.toggle('chosen', node !== undefined)
    for (const one of nodes.values()) {
      one.classList.toggle('near', near.has(one))
      one.setAttribute('aria-pressed', String(one === node))
    }
    for (const [index, { from, to }] of edges.entries())
      svg.children[index]?.classList.toggle('near', from === node || to === node)
    if (!node) return
    const loads = edges.filter(({ from }) => from === node).length
    const name = node.querySelector('.name')?.textContent ?? ''
    said.textContent = `${name} loads ${plural(loads, 'library', 'libraries')} and is loaded by ${plural(edges.filter(({ to }) => to === node).length, 'file')}.`
  }
  columns.addEventListener('click', event => {
    const found = (event.target as HTMLElement).closest<HTMLElement>('.node')
    if (!found) return
    chosen = chosen === found ? undefined : found
    mark(chosen)
  })
  const draw = () => {
    const { left, top, width, height } = element.getBoundingClientRect()
    if (width === 0) return
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
    const lines = edges.map(({ from, to }) => {
      const a = from.getBoundingClientRect()
      const b = to.getBoundingClientRect()
      const isSame = Math.abs(a.left - b.left) < 20
      const [x1, y1] = [a.right - left, a.top + a.height / 2 - top]
      const [x2, y2] = [(isSame ? b.right : b.left) - left, b.top + b.height / 2 - top]
      const bend = isSame ? 30 : Math.max(20, (x2 - x1) / 2)
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
      path.setAttribute('d', `M${x1} ${y1}C${x1 + bend} ${y1} ${isSame ? x2 + bend : x2 - bend} ${y2} ${x2} ${y2}`)
      return path
    })
    svg.replaceChildren(...lines)
    mark(chosen)
  }
  const observer = new ResizeObserver(draw)
  observer.observe(element)
  const hidden = [first, bundled].some(list => list.length > MOST)
  const box = h('div', {}, said, element, hidden && h('p', { text: 'The table has all of them.' }))
  return { element: box, stop: () => observer.disconnect() }
}
