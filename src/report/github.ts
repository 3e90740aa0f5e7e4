import { SEVERITIES, type Severity } from '../finding.js'
import { noSourceContext, reportPath, type SourceContext } from '../project/source-context.js'
import { plural, sentence } from '../wording.js'
import { commandData, escapeGithubData, escapeGithubProperty } from './escape.js'
import { compareGroups, type Group, groupFindings, sourceLine } from './group.js'
import type { Report } from './report.js'
import { type Hidden, hiddenText } from './wording.js'

export interface GithubOptions {
  readonly source?: SourceContext | undefined
  /** What the report no longer has. */
  readonly hidden?: Hidden | undefined
}

/** A step shows ten annotations of each level; the tenth tells how many more there are. */
const PER_LEVEL = 9

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands that make annotations: worst first, one of each rule before second ones. '' for no findings. */
export function renderGithub(report: Report, { source = noSourceContext, hidden }: GithubOptions = {}): string {
  const groups = groupFindings(report).sort(compareGroups)
  const lines = SEVERITIES.flatMap(severity => {
    const all = ruleByRule(groups.filter(({ finding }) => finding.severity === severity))
    const shown = all.slice(0, PER_LEVEL).map(group => annotation(group, source))
    const more = all.length - shown.length
    const rest = `… and ${plural(more, `more ${severity === 'info' ? 'notice' : severity}`)}, see the summary.`
    return more > 0 ? [...shown, `::${COMMANDS[severity]} title=distaudit::${commandData(rest)}`] : shown
  })
  // A line of the log, no annotation.
  const rest = hidden ? hiddenText(hidden) : ''
  return [...lines, ...(rest === '' ? [] : [rest])].map(line => `${line}\n`).join('')
}

/** The first of each rule, then the second of each. */
function ruleByRule(groups: readonly Group[]): Group[] {
  const rounds: Group[][] = []
  const seen = new Map<string, number>()
  for (const group of groups) {
    const round = seen.get(group.finding.rule) ?? 0
    seen.set(group.finding.rule, round + 1)
    const list = rounds[round]
    if (list) list.push(group)
    else rounds.push([group])
  }
  return rounds.flat()
}

function annotation(group: Group, source: SourceContext): string {
  const { finding, paths } = group
  const at = sourceLine(finding)
  const file = finding.location.source?.path ?? reportPath(finding.location.path, source)
  const properties = [`file=${escapeGithubProperty(file)}`]
  const line = finding.location.source?.line
  if (line !== undefined) properties.push(`line=${line}`, `endLine=${line}`)
  // Columns are 1-based and the last one is included.
  if (at) properties.push(`col=${at.column}`, `endColumn=${at.endColumn - 1}`)
  properties.push(`title=${escapeGithubProperty(`distaudit: ${finding.rule}`)}`)
  const where = at ? '' : placeOf(group)
  const many = paths.length > 1 ? ` In ${plural(paths.length, 'distribution')}.` : ''
  const message = `${escapeGithubData(`${where}${sentence(finding.message)}${many}`)}%0A${escapeGithubData(finding.help)}`
  return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${message}`
}

/** Without a key the annotation says which file it is about. */
function placeOf({ seen, finding }: Group): string {
  const file = seen[0]?.distribution?.filename
  const member = finding.location.member
  if (file === undefined) return ''
  return member === undefined ? `${file}: ` : `${file}: ${member}: `
}
