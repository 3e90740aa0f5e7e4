import { type HierarchyRectangularNode, hierarchy, treemap } from 'd3-hierarchy'
import { KINDS, type PageContents } from '../report/html/data.js'
import { plural, sizeText } from '../wording.js'
import { h, inParts, scrolling } from './dom.js'
import type { State } from './state.js'
import { type Box, boxesOf, byKind, childrenOf, type Entry, folderAt, type Measure, treeOf } from './tree.js'

const KIND_NAMES: Readonly<Record<(typeof KINDS)[number], string>> = {
  python: 'Python',
  native: 'native code',
  bundled: 'bundled library',
  data: 'data',
  metadata: 'metadata',
  license: 'license',
  test: 'tests',
}

const kindOf = (entry: Entry) => KINDS[entry.kind] ?? 'data'

/** The map of an archive: boxes as large as the files, a legend, and the same as a table. */
export function mapView({ members }: PageContents, change: (part: Partial<State>) => void) {
  const root = treeOf(members)
  const trail = h('nav', { class: 'trail', 'aria-label': 'Folder of the map' })
  const map = h('div', {
    class: 'map',
    role: 'group',
    'aria-label': 'Map of the files. Arrow keys move, Enter opens a folder, Escape goes back to the one above.',
  })
  const about = h('p', { class: 'about', role: 'status' })
  const legend = h('ul', { class: 'legend' })
  const table = h('div')
  const measures = h(
    'fieldset',
    { class: 'measure' },
    h('legend', { text: 'Area' }),
    ...(['size', 'packed'] as const).map(value =>
      h(
        'label',
        {},
        h('input', { type: 'radio', name: 'measure', value }),
        value === 'size' ? 'unpacked' : 'in the archive',
      ),
    ),
  )
  measures.addEventListener('change', event => {
    const { value } = event.target as HTMLInputElement
    change({ measure: value === 'packed' ? 'packed' : 'size' })
  })
  let folder = root
  let measure: Measure = 'size'
  let wantsFocus = false
  const open = (path: string) => {
    wantsFocus = true
    change({ folder: path })
  }
  const up = () => {
    if (folder !== root) open(folder.path.split('/').slice(0, -1).join('/'))
  }
  map.addEventListener('keydown', event => {
    const moved = event.key.startsWith('Arrow') && nearest(map, event.target as HTMLElement, event.key)
    if (moved) {
      focusOn(moved, map)
      event.preventDefault()
    } else if (event.key === 'Escape' || event.key === 'Backspace') {
      up()
      event.preventDefault()
    }
  })
  const draw = () => {
    const width = map.clientWidth
    if (width === 0) return
    const height = Math.round(Math.max(280, Math.min(520, width * 0.55)))
    map.style.height = `${height}px`
    const laid = treemap<Box>()
      .size([width, height])
      .paddingTop(node => (node.depth > 0 && node.children ? 20 : 0))
      .paddingInner(2)
      .paddingOuter(node => (node.depth > 0 ? 2 : 0))
      .round(true)(
      hierarchy<Box>(boxesOf(folder, measure), one => one.children as Box[] | undefined).sum(one =>
        one.children ? 0 : one.value,
      ),
    )
    const boxes = laid
      .descendants()
      .slice(1)
      .filter(one => one.x1 - one.x0 > 2 && one.y1 - one.y0 > 2)
      .map(one =>
        boxView(one, folder, measure, open, text => {
          about.textContent = text
        }),
      )
    map.replaceChildren(...boxes)
    const [first] = boxes
    if (first) first.tabIndex = 0
    if (wantsFocus) first?.focus({ preventScroll: true })
    wantsFocus = false
  }
  const observer = new ResizeObserver(draw)
  observer.observe(map)
  const tableBox = h('details', { class: 'astable' }, h('summary', { text: 'The same as a table' }), table)
  const fillTable = () => {
    if (tableBox.open) table.replaceChildren(tableView(folder, measure, open))
  }
  tableBox.addEventListener('toggle', fillTable)
  const show = (state: State) => {
    folder = folderAt(root, state.folder)
    measure = state.measure
    for (const input of measures.querySelectorAll('input')) input.checked = input.value === measure
    trail.replaceChildren(...trailView(folder, root, open))
    legend.replaceChildren(...legendView(folder, measure))
    about.textContent = `${folder.path === '' ? 'All files' : folder.path}: ${plural(folder.files, 'file')}, ${sizeText(folder[measure])}`
    draw()
    fillTable()
  }
  const element = h(
    'div',
    { class: 'mapping' },
    h('div', { class: 'bar' }, trail, measures),
    map,
    about,
    legend,
    tableBox,
  )
  return { element, show, stop: () => observer.disconnect() }
}

function boxView(
  { data, x0, x1, y0, y1, children, depth }: HierarchyRectangularNode<Box>,
  folder: Entry,
  measure: Measure,
  open: (path: string) => void,
  tell: (text: string) => void,
): HTMLButtonElement {
  const { entry, value, files } = data
  const isFolder = entry?.children !== undefined
  const kind = entry && !children ? kindOf(entry) : undefined
  const name = entry ? entry.name : plural(files, 'small file')
  const share = folder[measure] > 0 ? Math.round((value / folder[measure]) * 1000) / 10 : 0
  const debug = entry && entry.debug > 0 ? `, ${sizeText(entry.debug)} of it debug data` : ''
  const what = isFolder ? `folder, ${plural(files, 'file')}` : entry ? KIND_NAMES[kindOf(entry)] : 'not shown apart'
  const label = `${entry?.path || name}: ${what}, ${sizeText(value)}, ${share}%${debug}`
  const button = h(
    'button',
    {
      type: 'button',
      class: `box ${kind ?? (entry ? 'folder' : 'rest')}${children ? ' open' : ''}`,
      tabindex: -1,
      'aria-label': label,
      title: label,
    },
    h('span', { class: 'name', text: x1 - x0 > 34 && y1 - y0 > 14 ? name : '' }),
    x1 - x0 > 60 && y1 - y0 > 36 && !children && h('span', { class: 'bytes', text: sizeText(value) }),
  )
  if (entry && entry.debug > 0 && !children) {
    const part = h('span', { class: 'debug' })
    part.style.height = `${Math.round((entry.debug / Math.max(1, entry.size)) * 100)}%`
    button.prepend(part)
  }
  const { style } = button
  style.left = `${x0}px`
  style.top = `${y0}px`
  style.width = `${x1 - x0}px`
  style.height = `${y1 - y0}px`
  style.zIndex = String(depth)
  button.addEventListener('focus', () => tell(label))
  button.addEventListener('click', () => {
    tell(label)
    if (entry?.children) open(entry.path)
  })
  return button
}

function focusOn(next: HTMLElement, map: HTMLElement): void {
  for (const one of map.querySelectorAll<HTMLElement>('[tabindex="0"]')) one.tabIndex = -1
  next.tabIndex = 0
  next.focus()
}

/** The box that comes next in a direction: the middle that is nearest, going straight before going aside. */
function nearest(map: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const middle = (one: HTMLElement) => ({
    x: one.offsetLeft + one.offsetWidth / 2,
    y: one.offsetTop + Math.min(one.offsetHeight / 2, one.classList.contains('open') ? 10 : Number.POSITIVE_INFINITY),
  })
  const start = middle(from)
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
  const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1
  let best: HTMLElement | undefined
  let least = Number.POSITIVE_INFINITY
  for (const one of map.children) {
    if (!(one instanceof HTMLElement) || one === from) continue
    const { x, y } = middle(one)
    const along = (sideways ? x - start.x : y - start.y) * sign
    const aside = Math.abs(sideways ? y - start.y : x - start.x)
    const far = along + aside * 2
    if (along > 0 && far < least) {
      best = one
      least = far
    }
  }
  return best
}

function trailView(folder: Entry, root: Entry, open: (path: string) => void): readonly HTMLElement[] {
  const names = folder === root ? [] : folder.path.split('/')
  return ['', ...names].map((name, depth) => {
    const isLast = depth === names.length
    const text = depth === 0 ? 'All files' : name
    if (isLast) return h('span', { 'aria-current': 'true', text })
    const button = h('button', { type: 'button', class: 'quiet', text })
    button.addEventListener('click', () => open(names.slice(0, depth).join('/')))
    return button
  })
}

function legendView(folder: Entry, measure: Measure): readonly HTMLElement[] {
  const sums = [...byKind(folder, measure)].sort(([, a], [, b]) => b.bytes - a.bytes)
  const items = sums.map(([kind, { bytes, files }]) =>
    h(
      'li',
      {},
      h('span', { class: `swatch ${KINDS[kind] ?? 'data'}`, 'aria-hidden': 'true' }),
      `${KIND_NAMES[KINDS[kind] ?? 'data']}: ${sizeText(bytes)}, ${plural(files, 'file')}`,
    ),
  )
  if (folder.debug === 0) return items
  const debug = h('li', {}, h('span', { class: 'swatch debugged', 'aria-hidden': 'true' }))
  debug.append(`debug data: ${sizeText(folder.debug)} unpacked`)
  return [...items, debug]
}

const ROWS = 100

function tableView(folder: Entry, measure: Measure, open: (path: string) => void): HTMLElement {
  const total = Math.max(1, folder[measure])
  const row = (one: Entry) => {
    const name = one.children ? h('button', { type: 'button', class: 'quiet', text: `${one.name}/` }) : one.name
    if (typeof name !== 'string') name.addEventListener('click', () => open(one.path))
    const cells = [
      one.children ? plural(one.files, 'file') : KIND_NAMES[kindOf(one)],
      sizeText(one.size),
      sizeText(one.packed),
      `${((one[measure] / total) * 100).toFixed(1)}%`,
    ]
    return h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map(text => h('td', { text })))
  }
  const body = h('tbody')
  const heads = ['Name', 'Kind', 'Unpacked', 'In the archive', 'Share']
  const parts = inParts(childrenOf(folder, measure), ROWS, body, row)
  const table = h(
    'table',
    { class: 'sizes' },
    h('caption', { text: folder.path === '' ? 'All files' : folder.path }),
    h('thead', {}, h('tr', {}, ...heads.map(text => h('th', { scope: 'col', text })))),
    body,
  )
  parts.prepend(table)
  return scrolling('Files of the folder', parts)
}
