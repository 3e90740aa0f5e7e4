import { companionName } from '../distribution/companion.js'
import { type Finding, isInFileName, type Severity } from '../finding.js'
import type { PlatformReport } from '../platform/platform.js'
import { plural, sizeText, thousands } from '../wording.js'
import { cells, padCells, wrap } from './cells.js'
import { breakCommands, escapeTerminal } from './escape.js'
import { type Group, groupFindings, groupKey } from './group.js'
import { ruleUrl } from './links.js'
import { colourPaint, hyperlink, type Paint, plainPaint, type Style } from './paint.js'
import { platformLines } from './platform-text.js'
import { countBySeverity, countsText, type Report, type ReportRelease } from './report.js'
import { snippetOf } from './snippet.js'
import { enforcement, type Hidden, placeText, sourceText, summaryCounts, uploadVerdict } from './wording.js'

export interface TextOptions {
  readonly color?: boolean | undefined
  /** Columns of the terminal. Undefined in a pipe: nothing is wrapped or cut there. */
  readonly width?: number | undefined
  /** Every finding, every member, and the address of each rule's page. */
  readonly verbose?: boolean | undefined
  /** No lines for good files, no closing line. */
  readonly quiet?: boolean | undefined
  /** False: the blocks alone, without a line for each file. */
  readonly heads?: boolean | undefined
  /** Terminal links on rule ids. */
  readonly hyperlinks?: boolean | undefined
  /** Findings below the level that is shown: the summary counts them, the lists do not have them. */
  readonly hidden?: Hidden | undefined
}

/** More findings of one rule in a file than this are folded to `FOLDED`, and so are files without a block of their own. */
const FOLD_ABOVE = 5
const FOLDED = 3
/** Names of files in a block that stands for several. */
const NAMED_FILES = 3

const COLOURS: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' }

interface Look extends TextOptions {
  readonly paint: Paint
}

/** The report for people: a line a file, a block a fault, a closing line with the verdict. */
export function renderText(report: Report, options: TextOptions = {}): string {
  const look: Look = { ...options, paint: options.color ? colourPaint : plainPaint }
  const groups = new Map(groupFindings(report).map(group => [group.key, group]))
  const shown = new Set<string>()
  const lines: string[] = []
  const all = heads(report)
  const columns = columnsOf(all, look)
  const parts = all.flatMap(head => {
    if (look.quiet && head.findings.length === 0) return []
    return { head, blocks: fileBlocks(head.findings, groups, shown, look) }
  })
  const plain = parts.filter(({ blocks }) => blocks.length === 0)
  const folded = new Set(!look.verbose && plain.length > FOLD_ABOVE ? plain.slice(FOLDED) : [])
  for (const part of parts) {
    if (folded.has(part)) continue
    const { head, blocks } = part
    const allAbove = head.findings.length > 0 && blocks.length === 0
    const previousBlocks = lines.length > 0 && lines.at(-1) === ''
    if (blocks.length > 0 && lines.length > 0 && !previousBlocks) lines.push('')
    if (look.heads !== false) lines.push(headLine(head, columns, look, allAbove), ...platformOf(head, look))
    lines.push(...blocks)
    if (blocks.length > 0) lines.push('')
  }
  if (folded.size > 0 && look.heads !== false)
    lines.push(
      foldedLine(
        [...folded].map(one => one.head),
        look,
      ),
    )
  if (!look.quiet) lines.push(closingLine(report, look))
  while (lines.at(-1) === '') lines.pop()
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

/** Files without a block of their own, after the first few. */
function foldedLine(folded: readonly Head[], look: Look): string {
  const good = folded.filter(({ findings }) => findings.length === 0).length
  const counts = [
    ...(good > 0 ? [`${thousands(good)} ok`] : []),
    ...(good < folded.length ? [`${thousands(folded.length - good)} with what is shown above`] : []),
  ]
  return look.paint(`… and ${plural(folded.length, 'more file')}: ${counts.join(', ')} (--verbose)`, 'dim')
}

interface Head {
  readonly title: string
  readonly about: string
  readonly findings: readonly Finding[]
  readonly platform?: PlatformReport | undefined
}

function heads(report: Report): Head[] {
  const files = report.distributions.map(({ path, filename, kind, size, findings, platform }) => ({
    title: escapeTerminal(path),
    about: kind === 'source-tree' ? KINDS[kind] : `${kindText(kind, filename)}, ${sizeText(size)}`,
    findings,
    platform,
  }))
  const releases = report.releases.filter(({ findings }) => findings.length > 0).map(releaseHead)
  return [...files, ...releases]
}

const KINDS = {
  wheel: 'wheel',
  sdist: 'sdist',
  unknown: 'not a distribution',
  'variants-json': 'variants file',
  'source-tree': 'source tree',
} as const

/** A signature is no distribution either, but nobody says that it should be. */
const kindText = (kind: keyof typeof KINDS, filename: string): string =>
  (kind === 'unknown' && companionName(filename)?.kind) || KINDS[kind]

const releaseHead = ({ name, version, distributions, findings }: ReportRelease): Head => ({
  title: escapeTerminal(`${name} ${version}`),
  about: `release, ${plural(distributions.length, 'file')}`,
  findings,
})

interface Columns {
  readonly title: number
  readonly about: number
}

function columnsOf(all: readonly Head[], { width }: Look): Columns {
  const room = width === undefined ? 60 : Math.max(20, width - 42)
  const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, cells(text)), 0)
  return {
    title: Math.min(room, widest(all.map(({ title }) => title))),
    about: widest(all.map(({ about }) => about)),
  }
}

function headLine(head: Head, columns: Columns, look: Look, allAbove: boolean): string {
  const counts = countBySeverity(head.findings)
  const verdict = countsText(counts) || 'ok'
  const colour = counts.error ? 'red' : counts.warning ? 'yellow' : counts.info ? 'cyan' : 'green'
  const title = look.paint(head.title, 'bold') + ' '.repeat(Math.max(0, columns.title - cells(head.title)))
  const above = allAbove ? look.paint(' (shown above)', 'dim') : ''
  return `${title}  ${look.paint(padCells(head.about, columns.about), 'dim')}  ${look.paint(verdict, colour)}${above}`
}

/** What `auditwheel show` and `abi3audit -v` are asked for today. */
function platformOf({ platform }: Head, look: Look): readonly string[] {
  if (!look.verbose || !platform) return []
  return platformLines(platform).map(
    ([label, text]) => `   ${look.paint(label.padEnd(20), 'dim')}${escapeTerminal(text)}`,
  )
}

/** The blocks of one file: faults not yet shown, folded a rule, equal notes once at the end of a run. */
function fileBlocks(
  findings: readonly Finding[],
  groups: ReadonlyMap<string, Group>,
  shown: Set<string>,
  look: Look,
): string[] {
  const byRule = new Map<string, Group[]>()
  for (const finding of findings) {
    const key = groupKey(finding)
    const group = groups.get(key)
    if (!group || shown.has(key)) continue
    shown.add(key)
    const list = byRule.get(finding.rule)
    if (list) list.push(group)
    else byRule.set(finding.rule, [group])
  }
  return [...byRule.values()].flatMap(all => ruleBlocks(all, look))
}

function ruleBlocks(groups: readonly Group[], look: Look): string[] {
  const fold = !look.verbose && groups.length > FOLD_ABOVE
  const visible = fold ? groups.slice(0, FOLDED) : groups
  const lines = visible.flatMap((group, index) => {
    const next = visible[index + 1]
    const body = block(group, look)
    return next && notesKey(next) === notesKey(group) ? body : [...body, ...notes(group, look)]
  })
  if (fold) lines.push(look.paint(`   … and ${thousands(groups.length - FOLDED)} more (--verbose)`, 'dim'))
  return lines
}

const notesKey = ({ finding }: Group) =>
  JSON.stringify([finding.enforcedBy, finding.breaks, finding.source, finding.help])

function block(group: Group, look: Look): string[] {
  const { finding } = group
  const { paint } = look
  const { location } = finding
  const label = paint(finding.severity, COLOURS[finding.severity], 'bold')
  const id = look.hyperlinks ? hyperlink(finding.rule, ruleUrl(finding.rule)) : finding.rule
  const head = `${finding.severity}[${finding.rule}]: `
  const [first = '', ...rest] = wrapped(escapeTerminal(finding.message), head.length, 4, look)
  const lines = [`${label}[${id}]: ${paint(first, 'bold')}`, ...rest.map(line => `    ${paint(line, 'bold')}`)]

  const source = location.source?.column === undefined ? undefined : sourceText(location)
  const from = source === undefined ? '' : `   ${paint('from', 'dim')} ${paint(escapeTerminal(source), 'cyan')}`
  lines.push(` ${paint(' -->', 'blue')} ${escapeTerminal(placeText(location))}${from}`)
  lines.push(...snippetLines(finding, look))
  if (group.paths.length > 1) lines.push(...inFiles(group.paths, look))
  for (const related of finding.related ?? []) {
    const place = placeText({ ...related, path: related.path })
    const file = related.path === location.path || related.member === undefined ? '' : ` of ${related.path}`
    lines.push(note(`${escapeTerminal(related.message)} (${escapeTerminal(`${place}${file}`)})`, look))
  }
  return lines
}

function snippetLines({ snippet, location }: Finding, look: Look): string[] {
  const { line, column, value, mark } = location
  if (snippet === undefined || snippet.trim() === '' || (line === undefined && !isInFileName(location))) return []
  // A file name has no number.
  const number = line === undefined ? ' ' : String(line)
  const room = look.width === undefined ? Number.POSITIVE_INFINITY : Math.max(24, look.width - number.length - 5)
  const { text, indent, carets } = snippetOf(snippet, column, mark ?? value, room)
  // A fault about what is missing points to line 1 as a whole; that line says nothing.
  if (line === 1 && column === undefined && carets === '') return []
  const bar = look.paint('|', 'blue')
  const lines = [` ${look.paint(number, 'blue')} ${bar} ${text}`]
  if (carets !== '') lines.push(` ${' '.repeat(number.length)} ${bar} ${indent}${look.paint(carets, 'red')}`)
  return lines
}

function inFiles(paths: readonly string[], look: Look): string[] {
  const named = look.verbose ? paths : paths.slice(0, NAMED_FILES)
  const more = paths.length - named.length
  const names = named.map(escapeTerminal).join(', ')
  const rest = more > 0 ? ` … and ${thousands(more)} more (--verbose)` : ''
  return [note(`in ${plural(paths.length, 'file')}: ${names}${rest}`, look)]
}

function notes({ finding }: Group, look: Look): string[] {
  const who = enforcement(finding.enforcedBy)
  const source = escapeTerminal(finding.source)
  const reason = source.includes('(') ? `: ${source}` : ` (${source})`
  const lines = [note(who === '' ? `see ${source}` : `${who}${reason}`, look)]
  if (finding.breaks !== undefined && who === '') lines.push(note(`breaks: ${escapeTerminal(finding.breaks)}`, look))
  lines.push(note(`fix: ${escapeTerminal(finding.help)}`, look))
  if (look.verbose) lines.push(note(`docs: ${ruleUrl(finding.rule)}`, look))
  return lines
}

const note = (text: string, look: Look): string => {
  const [first = '', ...rest] = wrapped(text, 5, 5, look)
  return [`   ${look.paint('=', 'blue')} ${first}`, ...rest.map(line => `     ${line}`)].join('\n')
}

/** Lines of escaped text for a terminal; one line in a pipe. */
function wrapped(text: string, firstIndent: number, indent: number, { width }: Look): string[] {
  if (width === undefined || width < 40 || firstIndent + cells(text) <= width) return [text]
  return wrap(text, width - indent, width - firstIndent).map(breakCommands)
}

function closingLine({ summary }: Report, look: Look): string {
  const colour = summary.rejectedByPyPI > 0 ? 'red' : 'green'
  return `${look.paint(uploadVerdict(summary), colour, 'bold')} ${summaryCounts(summary, look.hidden)}`
}
