import type { PageContents, PageData } from '../report/html/data.js'
import { plural, sizeText } from '../wording.js'
import { descriptionView } from './description.js'
import { dataIn, h, rowsTable } from './dom.js'
import { mapView } from './map.js'
import { nativesView } from './natives.js'
import type { State } from './state.js'

/** One file at a time: what it consists of. Its data is read when it is first looked at. */
export function insideView({ files }: PageData, change: (part: Partial<State>) => void) {
  const opened = files.flatMap(({ filename, opened }, index) => (opened ? [{ filename, index }] : []))
  const choice = h(
    'select',
    { id: 'file' },
    ...opened.map(({ filename, index }) => h('option', { value: index, text: filename })),
  )
  choice.addEventListener('change', () => change({ file: Number(choice.value), folder: '' }))
  const body = h('div')
  let current: number | undefined
  let show: ((state: State) => void) | undefined
  let stops: readonly (() => void)[] = []
  const look = (state: State) => {
    const file = files[state.file]?.opened ? state.file : opened[0]?.index
    if (file === undefined) return
    choice.value = String(file)
    if (file !== current) {
      for (const stop of stops) stop()
      current = file
      const contents = dataIn<PageContents>(`contents-${file}`)
      const about = files[file]
      if (!contents || !about) return
      const map = mapView(contents, change)
      const natives = nativesView(contents.natives)
      stops = [map.stop, ...(natives ? [natives.stop] : [])]
      show = map.show
      body.replaceChildren(
        factsView(about, contents),
        part('Contents', map.element),
        ...(natives ? [part('Native libraries', natives.element)] : []),
        part('Metadata', ...tables(contents)),
        ...(contents.description === undefined ? [] : [part('Description', descriptionView(contents.description))]),
      )
    }
    show?.(state)
  }
  const picker = h('div', { class: 'field picker' }, h('label', { for: 'file', text: 'File' }), choice)
  return { element: h('div', {}, picker, body), show: look, isEmpty: opened.length === 0 }
}

const part = (title: string, ...inside: readonly (HTMLElement | undefined)[]): HTMLElement =>
  h('section', { class: 'part', 'aria-label': title }, h('h3', { text: title }), ...inside)

function factsView(file: PageData['files'][number], contents: PageContents): HTMLElement {
  const facts: readonly (readonly [string, string])[] = [
    ['Project', file.project],
    ['Runs on', contents.tags?.meaning ?? ''],
    ['Python versions', contents.pythons ?? ''],
    ['Size', `${sizeText(file.size)}, unpacked ${sizeText(contents.unpacked)} in ${plural(contents.count, 'file')}`],
    ['SHA-256', file.sha256],
  ]
  return h(
    'dl',
    { class: 'facts' },
    ...facts
      .filter(([, text]) => text !== '')
      .flatMap(([label, text]) => [h('dt', { text: label }), h('dd', { text })]),
  )
}

function tables({ metadata, tags, entryPoints, licenses, components }: PageContents) {
  return [
    rowsTable('Fields', ['Field', 'Value'], metadata),
    rowsTable('Tags', ['Tag', 'Meaning'], tags?.each ?? []),
    rowsTable('Entry points', ['Group', 'Entry point'], entryPoints),
    rowsTable('License files', ['File', 'License'], licenses),
    rowsTable('Components of SBOMs', ['Component', 'Version'], components),
  ]
}
