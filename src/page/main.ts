import type { PageData } from '../report/html/data.js'
import { plural } from '../wording.js'
import { compareView, filesView } from './compare.js'
import { dataIn, h, link } from './dom.js'
import { findingsView } from './findings.js'
import { insideView } from './inside.js'
import { firstState, hashOf, type State, stateOf } from './state.js'

// The script of the HTML report: builds the page from the data in it. Text from files reaches the page as text only.

/** Characters of an address that a person is typing are not written one by one. */
const WRITING_MS = 250

function start(data: PageData): void {
  const first = firstState(data.findings.map(({ severity }) => severity))
  let state = stateOf(location.hash, first, data.files.length)
  let timer: number | undefined
  const write = () => {
    const hash = hashOf(state, first)
    history.replaceState(null, '', hash === '' ? '#' : `#${hash}`)
  }
  const change = (part: Partial<State>) => {
    state = { ...state, ...part }
    show()
    clearTimeout(timer)
    timer = setTimeout(write, WRITING_MS)
  }
  const lookInside = (file: number) => {
    change({ file, folder: '' })
    go('inside')
  }
  const findings = findingsView(data, change, lookInside)
  const inside = insideView(data, change)
  const releases = data.releases.filter(({ files }) => files.length > 1)
  const sections: readonly (readonly [string, string, readonly HTMLElement[]])[] = [
    ['findings', 'Findings', [findings.element]],
    ['files', 'Files', [filesView(data, lookInside)]],
    ...(releases.length > 0
      ? [['release', 'Side by side', releases.map(one => compareView(data, one.files, one.title))] as const]
      : []),
    ...(inside.isEmpty ? [] : [['inside', 'Inside a file', [inside.element]] as const]),
  ]
  const show = () => {
    findings.show(state)
    inside.show(state)
  }
  document.body.append(
    header(data, sections),
    h(
      'main',
      { id: 'main' },
      ...data.notes.map(text => h('p', { class: 'bug', text })),
      ...sections.map(([id, title, parts]) =>
        h(
          'section',
          { id, 'aria-labelledby': `${id}-title` },
          h('h2', { id: `${id}-title`, tabindex: -1, text: title }),
          ...parts,
        ),
      ),
    ),
    h('footer', {}, h('p', {}, link(data.home, 'distaudit'), ` (${data.tool})`)),
  )
  show()
  addEventListener('hashchange', () => {
    state = stateOf(location.hash, first, data.files.length)
    show()
  })
  addEventListener('beforeprint', findings.openAll)
}

function header(
  { verdict, summary, state, files }: PageData,
  sections: readonly (readonly [string, string, unknown])[],
) {
  const nav = h('nav', { 'aria-label': 'Sections' })
  for (const [id, title] of sections) {
    const button = h('button', { type: 'button', text: title })
    button.addEventListener('click', () => go(id))
    nav.append(button)
  }
  const sign = { rejected: '✕', accepted: '✓', checked: '•' }[state]
  return h(
    'header',
    { class: state },
    h('p', { class: 'brand', text: `distaudit report on ${plural(files.length, 'file')}` }),
    h('h1', {}, h('span', { class: 'sign', 'aria-hidden': 'true', text: sign }), verdict),
    h('p', { class: 'summary', text: summary }),
    nav,
  )
}

/** To a section; the keyboard goes on from there. */
function go(id: string): void {
  const title = document.getElementById(`${id}-title`)
  title?.focus({ preventScroll: true })
  title?.scrollIntoView({ block: 'start' })
}

const data = dataIn<PageData>('report')
if (data) start(data)
