import { SEVERITIES, type Severity } from '../finding.js'
import type { PageData, PageFinding, PageLine } from '../report/html/data.js'
import { plural, thousands } from '../wording.js'
import { h, inParts, link, prose } from './dom.js'
import { type FindingGroup, filtered, groupsOf, searchable } from './filter.js'
import type { State } from './state.js'

const LEVEL_NAMES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/** Findings that are shown at once in a group. */
const AT_ONCE = 50

export interface FindingsView {
  readonly element: HTMLElement
  /** Shows what a state asks for. */
  readonly show: (state: State) => void
  /** Opens every finding that is shown, for the printer. */
  readonly openAll: () => void
}

/** The findings with their filters. `change` is told what the reader chooses, `look` which member of which file is wanted. */
export function findingsView(
  data: PageData,
  change: (part: Partial<State>) => void,
  look: (file: number) => void,
): FindingsView {
  const texts = searchable(data)
  const counts = { error: 0, warning: 0, info: 0 }
  for (const { severity } of data.findings) counts[severity]++
  const boxes = new Map(
    SEVERITIES.map(level => [level, h('input', { type: 'checkbox', id: `level-${level}`, name: level })] as const),
  )
  const levels = h(
    'fieldset',
    { class: 'levels' },
    h('legend', { text: 'Severity' }),
    ...SEVERITIES.map(level =>
      h(
        'label',
        { class: `chip ${level}` },
        boxes.get(level) as HTMLElement,
        h('span', { text: plural(counts[level], LEVEL_NAMES[level]) }),
      ),
    ),
  )
  const rules = new Map<string, number>()
  for (const { rule } of data.findings) rules.set(rule, (rules.get(rule) ?? 0) + 1)
  const rule = h(
    'select',
    { id: 'rule' },
    h('option', { value: '', text: 'All rules' }),
    ...[...rules]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, count]) => h('option', { value: id, text: `${id} (${thousands(count)})` })),
  )
  const find = h('input', { id: 'find', type: 'search', autocomplete: 'off', spellcheck: 'false' })
  const reset = h('button', { type: 'reset', text: 'Show all' })
  const form = h(
    'form',
    { class: 'filters', role: 'search', 'aria-label': 'Findings' },
    levels,
    h('div', { class: 'field' }, h('label', { for: 'rule', text: 'Rule' }), rule),
    h('div', { class: 'field grow' }, h('label', { for: 'find', text: 'Text' }), find),
    reset,
  )
  const status = h('p', { role: 'status', class: 'status' })
  const list = h('div', { class: 'groups' })
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('reset', event => {
    event.preventDefault()
    change({ severities: SEVERITIES, rule: '', find: '' })
  })
  levels.addEventListener('change', () =>
    change({ severities: SEVERITIES.filter(level => boxes.get(level)?.checked === true) }),
  )
  rule.addEventListener('change', () => change({ rule: rule.value }))
  find.addEventListener('input', () => change({ find: find.value }))

  let seen = ''
  function show(state: State): void {
    for (const [level, box] of boxes) box.checked = state.severities.includes(level)
    rule.value = rules.has(state.rule) ? state.rule : ''
    if (find.value !== state.find) find.value = state.find
    const key = JSON.stringify([state.severities, state.rule, state.find])
    if (key === seen) return
    seen = key
    const found = filtered(data.findings, texts, { ...state, rule: rule.value })
    const groups = groupsOf(found)
    const all = data.findings.length
    status.textContent =
      found.length === all
        ? `${plural(all, 'finding')} in ${plural(groups.length, 'group')}`
        : `${thousands(found.length)} of ${plural(all, 'finding')} in ${plural(groups.length, 'group')}`
    if (all === 0) status.textContent = 'No findings.'
    list.replaceChildren(...groups.map((group, index) => groupView(group, data, look, index < 8)))
  }
  const element = h('div', {}, data.findings.length > 0 && form, status, list)
  const openAll = () => {
    for (const one of list.querySelectorAll<HTMLDetailsElement>('details')) one.open = true
  }
  return { element, show, openAll }
}

function groupView(group: FindingGroup, data: PageData, look: (file: number) => void, isOpen: boolean): HTMLElement {
  const { file, release, findings } = group
  const one = file === undefined ? undefined : data.files[file]
  const title = one?.filename ?? `Between the files of ${data.releases[release ?? 0]?.title ?? 'the release'}`
  const head = h('h3', { text: title })
  const inside = h('button', { type: 'button', class: 'quiet', text: 'Look inside' })
  inside.setAttribute('aria-label', `Look inside ${title}`)
  inside.addEventListener('click', () => look(file ?? 0))
  const section = h(
    'section',
    { class: 'group', 'aria-label': title },
    h(
      'div',
      { class: 'grouphead' },
      head,
      h('span', { class: 'counts', text: levelsText(findings) }),
      one?.opened === true && inside,
    ),
  )
  const fill = () =>
    section.append(inParts(findings, AT_ONCE, h('ul', { class: 'findings' }), item => findingView(item, data)))
  if (isOpen) fill()
  else {
    const button = h('button', { type: 'button', class: 'more', text: `Show ${plural(findings.length, 'finding')}` })
    button.addEventListener('click', () => {
      button.remove()
      fill()
    })
    section.append(button)
  }
  return section
}

function levelsText(findings: readonly PageFinding[]): string {
  return SEVERITIES.flatMap(level => {
    const count = findings.filter(({ severity }) => severity === level).length
    return count === 0 ? [] : plural(count, LEVEL_NAMES[level])
  }).join(', ')
}

function findingView(finding: PageFinding, { rules, files }: PageData): HTMLElement {
  const { severity, message, place, rule } = finding
  const details = h(
    'details',
    { class: `finding ${severity}` },
    h(
      'summary',
      {},
      h('span', { class: `badge ${severity}`, text: LEVEL_NAMES[severity] }),
      h('span', { class: 'message', text: message }),
      h('span', { class: 'place' }, h('code', { text: place }), ' ', h('span', { class: 'rule', text: rule })),
    ),
  )
  const fill = () => {
    const about = Object.hasOwn(rules, rule) ? rules[rule] : undefined
    const parts: [string, Node][] = []
    if (about) parts.push(['Why', prose(about.why)])
    if (finding.breaks !== undefined) parts.push(['What breaks', prose(finding.breaks)])
    if (finding.who !== undefined) parts.push(['Who acts', prose(finding.who)])
    parts.push(['Fix', prose(finding.help)])
    if (finding.from !== undefined) parts.push(['In your files', h('code', { text: finding.from })])
    if (finding.release !== undefined) parts.push(['File', h('code', { text: files[finding.file]?.filename ?? '' })])
    for (const [where, said] of finding.related)
      parts.push(['See also', h('span', {}, `${said} `, h('code', { text: where }))])
    if (about) parts.push(['Rule', h('span', {}, link(about.page, rule), ', after ', link(about.url, about.source))])
    details.append(
      h(
        'div',
        { class: 'body' },
        finding.lines.length > 0 && linesView(finding.lines, place),
        h('dl', {}, ...parts.flatMap(([label, value]) => [h('dt', { text: label }), h('dd', {}, value)])),
      ),
    )
  }
  details.addEventListener('toggle', fill, { once: true })
  return h('li', {}, details)
}

function linesView(lines: readonly PageLine[], place: string): HTMLElement {
  const many = lines.length > 1
  const rows = lines.map(({ number, text, marked }) =>
    h(
      'div',
      { class: marked || !many ? 'line meant' : 'line' },
      h('span', { class: 'number', text: many ? String(number) : '' }),
      marked
        ? h('code', {}, marked[0], h('mark', { text: marked[1] }), marked[2])
        : h('code', { text: text === '' ? ' ' : text }),
    ),
  )
  return h('div', { class: 'lines', tabindex: 0, role: 'region', 'aria-label': `Lines of ${place}` }, ...rows)
}
