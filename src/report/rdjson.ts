import type { Severity } from '../finding.js'
import { noSourceContext, reportPath, type SourceContext } from '../project/source-context.js'
import { type Lines, linesOf } from '../text/lines.js'
import { plural, sentence } from '../wording.js'
import { escapeSnippet, escapeTerminal, safeJson } from './escape.js'
import { compareGroups, type Group, groupFindings, sourceLine } from './group.js'
import { HOME_URL, ruleUrl } from './links.js'
import type { Report } from './report.js'
import { placeText } from './wording.js'

export interface RdjsonOptions {
  readonly source?: SourceContext | undefined
}

const MAX_RELATED = 20

const SEVERITY: Readonly<Record<Severity, 'ERROR' | 'WARNING' | 'INFO'>> = {
  error: 'ERROR',
  warning: 'WARNING',
  info: 'INFO',
}

/** Reviewdog's Diagnostic Format as one JSON document (`rdjson`): a diagnostic for each fault, worst first. */
export function renderRdjson(report: Report, { source = noSourceContext }: RdjsonOptions = {}): string {
  const position = positionsIn(source)
  const result = {
    source: { name: report.tool.name, url: HOME_URL },
    diagnostics: groupFindings(report)
      .sort(compareGroups)
      .map(group => diagnostic(group, source, position)),
  }
  return `${safeJson(JSON.stringify(result, null, 2))}\n`
}

/** A position of UTF-16 code units in a file of the project, as the format has it. */
type Position = (path: string, line: number, column: number) => { line: number; column?: number }

/** Columns count bytes of UTF-8; where the text is not known, the line is all that can be said. */
function positionsIn(source: SourceContext): Position {
  const files = new Map<string, Lines | undefined>()
  return (path, line, column) => {
    if (!files.has(path)) {
      const text = source.text(path)
      files.set(path, text === undefined ? undefined : linesOf(text))
    }
    const before = files
      .get(path)
      ?.text(line)
      ?.slice(0, column - 1)
    return before === undefined ? { line } : { line, column: utf8Length(before) + 1 }
  }
}

function diagnostic(group: Group, source: SourceContext, position: Position) {
  const { finding, paths } = group
  const many = paths.length > 1 ? ` In ${plural(paths.length, 'distribution')}.` : ''
  const related = relatedLocations(group, source)
  return {
    message: escapeTerminal(`${sentence(finding.message)}${many} ${finding.help}`),
    location: locationOf(group, source, position),
    severity: SEVERITY[finding.severity],
    code: { value: finding.rule, url: ruleUrl(finding.rule) },
    ...(related.length > 0 && { related_locations: related }),
  }
}

/** reviewdog prints paths into logs. */
const pathOf = (path: string, source: SourceContext) => escapeSnippet(reportPath(path, source))

function locationOf({ finding }: Group, source: SourceContext, position: Position) {
  const { location } = finding
  if (!location.source) return { path: pathOf(location.path, source) }
  const path = escapeSnippet(location.source.path)
  const at = sourceLine(finding)
  if (!at) return { path, range: { start: { line: location.source.line } } }
  return {
    path,
    range: { start: position(at.path, at.line, at.column), end: position(at.path, at.line, at.endColumn) },
  }
}

const utf8Length = (text: string) => new TextEncoder().encode(text).length

/** Where the distributions have it, when the finding is at a line of the project; then what the finding relates to. */
function relatedLocations({ finding, seen }: Group, source: SourceContext) {
  const places = new Map<string, string>()
  if (finding.location.source)
    for (const { finding: one } of seen)
      if (!places.has(one.location.path)) places.set(one.location.path, placeText(one.location))
  const all = [
    ...Array.from(places, ([path, message]) => ({ path, message })),
    ...(finding.related ?? []).map(({ path, message }) => ({ path, message })),
  ]
  return all
    .slice(0, MAX_RELATED)
    .map(({ path, message }) => ({ message: escapeTerminal(message), location: { path: pathOf(path, source) } }))
}
