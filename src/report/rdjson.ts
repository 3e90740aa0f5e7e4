import type { Severity } from '../finding.js'
import { noSourceContext, reportPath, type SourceContext } from '../project/source-context.js'
import { type Lines, linesOf } from '../text/lines.js'
import { utf8Length } from '../text/utf8.js'
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

/** Reviewdog's Diagnostic Format as one JSON document (`rdjson`): a diagnostic for each problem, worst first. */
export function renderRdjson(report: Report, { source = noSourceContext }: RdjsonOptions = {}): string {
  const texts = textsOf(source)
  const result = {
    source: { name: report.tool.name, url: HOME_URL },
    diagnostics: groupFindings(report)
      .sort(compareGroups)
      .map(group => diagnostic(group, source, texts)),
  }
  return `${safeJson(JSON.stringify(result, null, 2))}\n`
}

/** Texts of the project's files. Positions of UTF-16 code units become those of the format. */
interface Texts {
  position(path: string, line: number, column: number): { line: number; column?: number }
  /** The text between two positions; undefined where it is not known. */
  between(path: string, from: Where, to: Where): string | undefined
}

/** From 1; columns in UTF-16 code units. */
interface Where {
  readonly line: number
  readonly column: number
}

/** Columns count bytes of UTF-8; where the text is not known, the line is all that can be said. */
function textsOf(source: SourceContext): Texts {
  const files = new Map<string, { lines: Lines; end: string } | undefined>()
  const fileOf = (path: string) => {
    if (!files.has(path)) {
      const text = source.text(path)
      files.set(
        path,
        text === undefined ? undefined : { lines: linesOf(text), end: text.includes('\r\n') ? '\r\n' : '\n' },
      )
    }
    return files.get(path)
  }
  return {
    position(path, line, column) {
      const file = fileOf(path)
      return file ? { line, column: utf8Length((file.lines.text(line) ?? '').slice(0, column - 1)) + 1 } : { line }
    },
    between(path, from, to) {
      const file = fileOf(path)
      if (!file) return undefined
      const parts: string[] = []
      for (let line = from.line; line <= to.line; line++) {
        const text = file.lines.text(line) ?? ''
        parts.push(text.slice(line === from.line ? from.column - 1 : 0, line === to.line ? to.column - 1 : undefined))
      }
      return parts.join(file.end)
    },
  }
}

/**
 * The edits as one suggestion, since all of them belong together; none where they touch another file than the finding, which a
 * suggestion cannot say.
 */
function suggestionsOf({ seen, finding }: Group, { position, between }: Texts) {
  const edits = seen.map(one => one.finding.edits).find(one => one !== undefined) ?? []
  const path = finding.location.source?.path
  const sorted = [...edits].sort((a, b) => a.line - b.line || a.column - b.column)
  const [first] = sorted
  const last = sorted.at(-1)
  if (!first || !last || path === undefined || sorted.some(edit => edit.path !== path)) return []
  const pieces = sorted.map((edit, i) => {
    const next = sorted[i + 1]
    const rest = next ? between(path, { line: edit.endLine, column: edit.endColumn }, next) : ''
    return rest === undefined ? undefined : edit.replacement + rest
  })
  if (pieces.includes(undefined)) return []
  const range = {
    start: position(path, first.line, first.column),
    end: position(path, last.endLine, last.endColumn),
  }
  return range.start.column === undefined ? [] : [{ range, text: pieces.join('') }]
}

function diagnostic(group: Group, source: SourceContext, texts: Texts) {
  const { finding, paths } = group
  const many = paths.length > 1 ? ` In ${plural(paths.length, 'distribution')}.` : ''
  const related = relatedLocations(group, source)
  const suggestions = suggestionsOf(group, texts)
  return {
    message: escapeTerminal(`${sentence(finding.message)}${many} ${finding.help}`),
    location: locationOf(group, source, texts),
    severity: SEVERITY[finding.severity],
    code: { value: finding.rule, url: ruleUrl(finding.rule) },
    ...(suggestions.length > 0 && { suggestions }),
    ...(related.length > 0 && { related_locations: related }),
  }
}

/** reviewdog prints paths into logs. */
const pathOf = (path: string, source: SourceContext) => escapeSnippet(reportPath(path, source))

function locationOf({ finding }: Group, source: SourceContext, { position }: Texts) {
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
