import type { Rule } from '../rule.js'
import { compareCodeUnits, plural } from '../wording.js'
import { escapeTerminal, markdownOwn, safeJson } from './escape.js'
import { ruleData } from './explain.js'
import { colourPaint, plainPaint, type Style } from './paint.js'
import { SUBJECT_NAMES } from './wording.js'

const COLOURS: Readonly<Record<Rule['severity'], Style>> = { error: 'red', warning: 'yellow', info: 'cyan' }

/** Rules by topic, each topic by id. */
function byTopic(rules: readonly Rule[]): [string, Rule[]][] {
  const topics = [...new Set(rules.map(({ topic }) => topic))].sort(compareCodeUnits)
  return topics.map(topic => [topic, byId(rules.filter(rule => rule.topic === topic))])
}

const byId = (rules: readonly Rule[]) => [...rules].sort((a, b) => compareCodeUnits(a.id, b.id))

const marks = (rule: Rule) => (rule.status === undefined || rule.status === 'stable' ? '' : ` (${rule.status})`)

/** What `distaudit rules` prints. */
export function rulesText(rules: readonly Rule[], options: { readonly color?: boolean | undefined } = {}): string {
  const paint = options.color ? colourPaint : plainPaint
  const width = Math.max(0, ...rules.map(({ id }) => id.length))
  const lines = byTopic(rules).flatMap(([topic, list]) => [
    paint(topic, 'bold'),
    ...list.map(rule => {
      const severity = paint(rule.severity.padEnd(7), COLOURS[rule.severity])
      return `  ${rule.id.padEnd(width)}  ${severity}  ${escapeTerminal(rule.summary)}${marks(rule)}`
    }),
    '',
  ])
  return `${[...lines, `${plural(rules.length, 'rule')}. distaudit explain RULE tells more.`].join('\n')}\n`
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
