import type { Finding, Severity } from '../finding.js'
import { noSourceContext, reportPath, type SourceContext } from '../project/source-context.js'
import type { Rule } from '../rule.js'
import { linesOf } from '../text/lines.js'
import { plural, sentence, thousands } from '../wording.js'
import { escapeSarif, escapeVisible, safeJson } from './escape.js'
import { compareGroups, type Group, groupFindings, type Seen, sourceLine } from './group.js'
import { lineHashes } from './line-hash.js'
import { HOME_URL } from './links.js'
import type { Report } from './report.js'
import { sarifRule } from './sarif-rules.js'
import { type Hidden, hiddenText, NOTHING_HIDDEN } from './wording.js'

export interface SarifOptions {
  /** The rules that may have findings; only those with results are written. */
  readonly rules: Iterable<Rule>
  readonly source?: SourceContext | undefined
  /** What the report no longer has. */
  readonly hidden?: Hidden | undefined
  /** Results kept, worst first. GitHub keeps 5,000 a run. */
  readonly maxResults?: number | undefined
}

const MAX_RESULTS = 5000
const MAX_RELATED = 20

const SARIF_LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
}

/** SARIF 2.1.0 for GitHub code scanning: one run, one result a problem, worst first. Ends with a newline. */
export function renderSarif(report: Report, options: SarifOptions): string {
  const all = groupFindings(report).sort(compareGroups)
  const kept = all.slice(0, options.maxResults ?? MAX_RESULTS)
  const ids = [...new Set(kept.map(({ finding }) => finding.rule))].sort()
  const known = new Map(Array.from(options.rules, rule => [rule.id, rule]))
  const indexes = new Map(ids.map((id, index) => [id, index]))
  const source = options.source ?? noSourceContext
  const hashes = lineHashing(source)
  const driver = {
    name: report.tool.name,
    version: report.tool.version,
    semanticVersion: report.tool.version,
    informationUri: HOME_URL,
    rules: ids.map(id => sarifRule(id, known.get(id), kept)),
    properties: { dataDate: report.tool.dataDate },
  }
  const notifications = [...(kept.length < all.length ? [leftOut(all, kept)] : []), ...notShown(options.hidden)]
  const run = {
    tool: { driver },
    invocations: [
      {
        executionSuccessful: true,
        ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
      },
    ],
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { SRCROOT: { description: { text: 'The root of the repository.' } } },
    results: kept.map(group => result(group, indexes.get(group.finding.rule) ?? 0, source, hashes)),
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${safeJson(JSON.stringify(log, null, 2))}\n`
}

/** How many problems a report has beyond the limit: the command says so on stderr too. */
export const sarifLeftOut = (report: Report, maxResults = MAX_RESULTS): number =>
  Math.max(0, groupFindings(report).length - maxResults)

function leftOut(all: readonly Group[], kept: readonly Group[]) {
  const rest = all.slice(kept.length)
  const errors = rest.filter(({ finding }) => finding.severity === 'error').length
  const text = `${thousands(rest.length)} of ${plural(all.length, 'result')} were left out, the least severe first; ${thousands(errors)} of them are errors.`
  return { level: 'warning', message: { text } }
}

function notShown(hidden: Hidden = NOTHING_HIDDEN) {
  const text = hiddenText(hidden)
  return text === '' ? [] : [{ level: 'note', message: { text } }]
}

/** The hash that tells the alert of a result from others; undefined: the action computes it. */
type Hashing = (group: Group) => string | undefined

/**
 * GitHub may show results of one rule and hash as one alert. So only the first of them has the hash of its line; the others,
 * and those without a line, have one of ours, at the price of a warning each.
 */
function lineHashing(source: SourceContext): Hashing {
  const files = new Map<string, readonly string[]>()
  const hashesOf = (path: string) => {
    let hashes = files.get(path)
    if (!hashes) {
      const text = source.text(path)
      hashes = text === undefined ? [] : lineHashes(text)
      files.set(path, hashes)
    }
    return hashes
  }
  const taken = new Set<string>()
  return ({ finding: { rule, location }, fingerprint }) => {
    if (!location.source) return `${fingerprint}:1`
    const { path, line } = location.source
    const hash = hashesOf(path)[line - 1]
    const key = JSON.stringify([rule, hash ?? [path, line]])
    if (taken.has(key)) return `${fingerprint}:1`
    taken.add(key)
    return hash
  }
}

function result(group: Group, ruleIndex: number, source: SourceContext, hashes: Hashing) {
  const { finding, fingerprint } = group
  const path = finding.location.source?.path ?? reportPath(finding.location.path, source)
  const region = regionOf(finding, source)
  const hash = hashes(group)
  const related = relatedLocations(group, source)
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: SARIF_LEVELS[finding.severity],
    message: { text: messageText(group, related) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(path), ...(region ? { region } : {}) },
        logicalLocations: [{ fullyQualifiedName: logicalName(group.seen[0]), kind: 'member' }],
      },
    ],
    ...(related.length > 0 ? { relatedLocations: related } : {}),
    partialFingerprints: {
      ...(hash === undefined ? {} : { primaryLocationLineHash: hash }),
      'distauditFinding/v1': fingerprint,
    },
    ...fixesOf(group),
  }
}

/** The edits of the project's files; SARIF has no word for those that are not safe but the description. */
function fixesOf({ seen }: Group) {
  const { help, edits } = seen.map(({ finding }) => finding).find(finding => finding.edits) ?? {}
  const [first] = edits ?? []
  if (!help || !edits || !first) return {}
  const paths = [...new Set(edits.map(({ path }) => path))]
  const artifactChanges = paths.map(path => ({
    artifactLocation: artifact(path),
    replacements: edits
      .filter(edit => edit.path === path)
      .map(({ line, column, endLine, endColumn, replacement }) => ({
        deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
        ...(replacement !== '' && { insertedContent: { text: replacement } }),
      })),
  }))
  const text = sentence(escapeSarif(help)) + (first.safe ? '' : ' This may not be what you want: review it first.')
  return { fixes: [{ description: { text }, artifactChanges }] }
}

/** Of one line: the key or table; the whole line where the file as a whole is meant. */
function regionOf(finding: Finding, context: SourceContext) {
  const { source } = finding.location
  if (!source) return undefined
  const lines = { startLine: source.line, endLine: source.line }
  const at = sourceLine(finding)
  const text = linesOf(context.text(source.path) ?? '').text(source.line)
  // Where something is missing at the end of a line, its last character.
  if (at && text && at.column > text.length) return { ...lines, startColumn: text.length, endColumn: text.length + 1 }
  if (at) return { ...lines, startColumn: at.column, endColumn: at.endColumn }
  return text ? { ...lines, startColumn: 1, endColumn: text.length + 1 } : lines
}

function messageText({ finding, paths }: Group, related: readonly { message: { text: string } }[]): string {
  const text = sentence(escapeSarif(finding.message))
  const first = related[0]?.message.text
  const many = paths.length > 1 ? ` In ${plural(paths.length, 'distribution')}` : ''
  if (first === undefined) return many === '' ? text : `${text}${many}.`
  // The label of a link must hold no bracket, even escaped: GitHub ends the link there.
  const link = `[${first.replace(/\\*[[\]]/g, '')}](1)`
  return many === '' ? `${text} See ${link}.` : `${text}${many}, first ${link}.`
}

/** The distributions that show the problem, then what the finding itself relates to; ids from 1. */
function relatedLocations(group: Group, source: SourceContext) {
  const shown = new Set<string>()
  const places: { text: string; path: string }[] = []
  for (const { finding, distribution } of group.seen) {
    const { path, member, line } = finding.location
    if (shown.has(path)) continue
    shown.add(path)
    const file = distribution?.filename ?? reportPath(path, source)
    const where =
      member === undefined
        ? ''
        : `${shortMember(member, distribution?.kind, distribution?.version)}${line === undefined ? '' : ` line ${line}`} of `
    places.push({ text: `${where}${file}`, path })
  }
  for (const related of group.finding.related ?? []) places.push({ text: related.message, path: related.path })
  return places.slice(0, MAX_RELATED).map(({ text, path }, index) => ({
    id: index + 1,
    message: { text: escapeSarif(text) },
    physicalLocation: { artifactLocation: artifact(reportPath(path, source)) },
  }))
}

/** A uri reference: each segment percent-encoded, relative to the repository root. */
const artifact = (path: string) => ({
  uri: path.split('/').map(encodeSegment).join('/'),
  uriBaseId: 'SRCROOT',
})

function encodeSegment(segment: string): string {
  const safe = encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd'))
  return safe.replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** `demo-pkg/wheel/METADATA/License-Expression`: free of versions, tags and folders. */
function logicalName(seen: Seen | undefined): string {
  if (!seen) return 'distribution'
  const { distribution, finding } = seen
  const { member, field } = finding.location
  const parts = [
    distribution?.name ?? 'unknown',
    distribution?.kind ?? 'release',
    ...(member === undefined ? [] : [shortMember(member, distribution?.kind, distribution?.version)]),
    ...(field === undefined ? [] : [field]),
  ]
  return escapeVisible(parts.join('/'))
}

/** Without the dist-info folder or the sdist's top folder, and with the version as `*`. */
function shortMember(member: string, kind?: string, version?: string | null): string {
  const inside = member.replace(/^[^/]+\.dist-info\/(?=.)/, '')
  const path = kind === 'sdist' ? inside.replace(/^[^/]+\/(?=.)/, '') : inside
  return version ? path.replaceAll(version, '*') : path
}
