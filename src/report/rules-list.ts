import type { Rule } from '../rule.js'
import { compareCodeUnits, plural } from '../wording.js'
import { escapeTerminal, markdownOwn, safeJson } from './escape.js'
import { ruleData } from './explain.js'
import { hanging } from './hanging.js'
import { COLORS, paintOf } from './paint.js'
import { SUBJECT_NAMES } from './wording.js'

/** Rules by topic, each topic by id. */
function byTopic(rules: readonly Rule[]): [string, Rule[]][] {
  const topics = [...new Set(rules.map(({ topic }) => topic))].sort(compareCodeUnits)
  return topics.map(topic => [topic, byId(rules.filter(rule => rule.topic === topic))])
}

const byId = (rules: readonly Rule[]) => [...rules].sort((a, b) => compareCodeUnits(a.id, b.id))

const marks = (rule: Rule) => (rule.status === undefined || rule.status === 'stable' ? '' : ` (${rule.status})`)

export interface RulesTextOptions {
  readonly color?: boolean | undefined
  /** Columns of the terminal; undefined: no wrapping. */
  readonly width?: number | undefined
}

/** Columns that a summary needs next to the id of its rule; with less it goes below. */
const LEAST = 40

/** What `distaudit rules` prints. */
export function rulesText(rules: readonly Rule[], { color, width }: RulesTextOptions = {}): string {
  const paint = paintOf(color)
  const ids = Math.max(0, ...rules.map(({ id }) => id.length))
  const beside = 2 + ids + 2 + 7 + 2
  const isNarrow = width !== undefined && width - beside < LEAST
  const indent = isNarrow ? 6 : beside
  const lines = byTopic(rules).flatMap(([topic, list]) => [
    paint(topic, 'bold'),
    ...list.flatMap(rule => {
      const head = `  ${isNarrow ? rule.id : rule.id.padEnd(ids)}  ${paint(rule.severity.padEnd(7), COLORS[rule.severity])}`
      const text = `${escapeTerminal(rule.summary)}${marks(rule)}`
      const [first = '', ...rest] = hanging(text, width, indent)
      const below = (isNarrow ? [first, ...rest] : rest).map(line => ' '.repeat(indent) + line)
      return isNarrow ? [head.trimEnd(), ...below] : [`${head}  ${first}`, ...below]
    }),
    '',
  ])
  const closing = `${plural(rules.length, 'rule')}. \`distaudit explain RULE\` describes one.`
  return `${[...lines, ...hanging(closing, width, 0)].join('\n')}\n`
}

/** The rules as data, sorted by id. */
export function rulesJson(rules: readonly Rule[]): string {
  const data = byId(rules).map(ruleData)
  return `${safeJson(JSON.stringify(data, null, 2))}\n`
}

/** The index page of docs/rules/: `link` gives the address of a rule's page. */
export function rulesMarkdown(rules: readonly Rule[], link: (id: string) => string = id => `${id}.md`): string {
  const sections = byTopic(rules).map(([topic, list]) => {
    const rows = list.map(rule => {
      const applies = rule.applies.map(subject => SUBJECT_NAMES[subject]).join(', ')
      return `| [${rule.id}](${link(rule.id)})${marks(rule)} | ${rule.severity} | ${applies} | ${markdownOwn(rule.summary)} |`
    })
    return [`## ${topic}`, '', '| rule | severity | applies to | fault |', '|---|---|---|---|', ...rows].join('\n')
  })
  return `# Rules\n\n${plural(rules.length, 'rule')}.\n\n${sections.join('\n\n')}\n`
}
