import type { PageData } from '../report/html/data.js'
import { h, scrolling } from './dom.js'

/** The files of a release side by side: one column for each, one row for each property. */
export function compareView({ files }: PageData, among: readonly number[], title: string): HTMLElement {
  const columns = among.flatMap(index => files[index] ?? [])
  const maps = columns.map(({ compared }) => new Map(compared))
  const labels = [...new Set(maps.flatMap(map => [...map.keys()]))]
  const only = h('input', { type: 'checkbox', id: `only-${among[0] ?? 0}` })
  only.checked = true
  const body = h('tbody')
  const rows = labels.map(label => {
    const values = maps.map(map => map.get(label) ?? [])
    const everywhere = (values[0] ?? []).filter(one => values.every(list => list.includes(one)))
    const differs = values.some(list => list.length !== everywhere.length)
    const cells = values.map(list => {
      const own = list.filter(one => !everywhere.includes(one))
      const shown = differs ? own : list
      return h(
        'td',
        { class: differs ? 'differs' : '' },
        ...shown.map(text => h('div', { text })),
        shown.length === 0 &&
          h('span', { class: 'none', text: differs && everywhere.length > 0 ? 'none of these' : '–' }),
      )
    })
    const common = differs && everywhere.length > 0 ? ` (${everywhere.length} in all files)` : ''
    return { differs, row: h('tr', {}, h('th', { scope: 'row', text: label + common }), ...cells) }
  })
  const fill = () =>
    body.replaceChildren(...rows.filter(({ differs }) => differs || !only.checked).map(({ row }) => row))
  only.addEventListener('change', fill)
  fill()
  const table = h(
    'table',
    { class: 'compare' },
    h('caption', { text: title }),
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('td', {}),
        ...columns.map(({ filename, rejected }) =>
          h('th', { scope: 'col' }, filename, rejected && h('span', { class: 'badge error', text: 'rejected' })),
        ),
      ),
    ),
    body,
  )
  return h('div', {}, h('label', { class: 'only' }, only, ' Only what differs'), scrolling(title, table))
}

/** All files with what was found in each. */
export function filesView({ files }: PageData, look: (file: number) => void): HTMLElement {
  const rows = files.map(({ filename, path, kind, counts, rejected, opened }, index) => {
    const name = opened
      ? h('button', { type: 'button', class: 'quiet', text: filename })
      : h('span', { text: filename })
    name.title = path
    if (opened) name.addEventListener('click', () => look(index))
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, name),
      h('td', { text: kind }),
      ...counts.map(count => h('td', { class: 'number', text: count === 0 ? '–' : String(count) })),
      h('td', {}, rejected ? h('span', { class: 'badge error', text: 'rejected' }) : 'no rejection found'),
    )
  })
  const heads = ['File', 'Kind', 'Errors', 'Warnings', 'Notes', 'PyPI']
  return scrolling(
    'Files',
    h(
      'table',
      { class: 'files' },
      h('caption', { text: 'Files' }),
      h('thead', {}, h('tr', {}, ...heads.map(text => h('th', { scope: 'col', text })))),
      h('tbody', {}, ...rows),
    ),
  )
}
