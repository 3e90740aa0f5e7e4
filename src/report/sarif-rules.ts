import type { Severity } from '../finding.js'
import { compareSeverity } from '../finding.js'
import { fixText, type Rule } from '../rule.js'
import { explainMarkdown } from './explain.js'
import type { Group } from './group.js'
import { ruleUrl } from './links.js'

const MAX_TEXT = 1024
const MAX_TAGS = 9

const PROBLEM: Readonly<Record<Severity, 'error' | 'warning' | 'recommendation'>> = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
}
const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const

/** The rule as SARIF's reportingDescriptor, from the same fields as `explain`. */
export function sarifRule(id: string, rule: Rule | undefined, groups: readonly Group[]) {
  const severity = rule?.severity ?? worst(id, groups)
  const first = groups.find(({ finding }) => finding.rule === id)?.finding
  const summary = rule?.summary ?? first?.message ?? id
  const help = (rule && fixText(rule)) ?? first?.help ?? summary
  return {
    id,
    name: pascalCase(id),
    ...(rule?.formerly?.length ? { deprecatedIds: rule.formerly } : {}),
    shortDescription: { text: cut(summary) },
    fullDescription: { text: cut(rule ? rule.why : summary) },
    help: { text: help, markdown: rule ? explainMarkdown(rule, { title: false }) : help },
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: LEVEL[severity] },
    properties: {
      tags: tags(rule),
      precision: rule?.precision ?? 'very-high',
      'problem.severity': PROBLEM[severity],
      ...(rule?.breaks === undefined ? {} : { breaks: rule.breaks }),
      ...(rule?.securitySeverity === undefined ? {} : { 'security-severity': rule.securitySeverity.toFixed(1) }),
    },
  }
}

const worst = (id: string, groups: readonly Group[]): Severity =>
  groups.reduce<Severity>(
    (found, { finding }) =>
      finding.rule === id && compareSeverity(finding.severity, found) < 0 ? finding.severity : found,
    'info',
  )

function tags(rule: Rule | undefined): string[] {
  const all = [
    ...(rule?.securitySeverity === undefined ? [] : ['security']),
    'packaging',
    ...(rule ? [rule.topic, ...rule.enforcedBy] : []),
  ]
  return [...new Set(all)].slice(0, MAX_TAGS)
}

const pascalCase = (id: string) => id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const cut = (text: string) => (text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`)
