import { append } from '../append.js'
import { companionName } from '../distribution/companion.js'
import { type Finding, isInFileName } from '../finding.js'
import type { PlatformReport } from '../platform/platform.js'
import { andMore, plural, sizeText, thousands } from '../wording.js'
import { cells, padCells } from './cells.js'
import { escapeTerminal } from './escape.js'
import { type Group, groupFindings } from './group.js'
import { hanging } from './hanging.js'
import { ruleUrl } from './links.js'
import { COLORS, hyperlink, type Paint, paintOf } from './paint.js'
import { platformLines } from './platform-text.js'
import { countBySeverity, countsText, type Report, type ReportRelease } from './report.js'
import { snippetOf } from './snippet.js'
import { countByRule, renderStatistics } from './statistics.js'
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
  /** False: some rules about uploads did not run, so nobody knows that PyPI accepts the files. */
  readonly judged?: boolean | undefined
  /** How often each rule has found something, instead of what it has found. */
  readonly statistics?: boolean | undefined
}

/** More findings of one rule in a file than this are folded to `FOLDED`, and so are files without a block of their own. */
const FOLD_ABOVE = 5
const FOLDED = 3
/** Names of files in a block that stands for several, and in the verdict. */
const NAMED_FILES = 3
/** The most frequent rules are named when there are this many findings, of two rules or more. */
const MANY_FINDINGS = 10
const NAMED_RULES = 3
/** The columns that the lines of files fit where no terminal says how many there are. */
const USUAL_WIDTH = 80

interface Look extends TextOptions {
  readonly paint: Paint
}

/** The report for people: a line a file, a block a problem, a closing line with the verdict. */
export function renderText(report: Report, options: TextOptions = {}): string {
  const look: Look = { ...options, paint: paintOf(options.color) }
  const lines = options.statistics ? statisticsLines(report, look) : findingLines(report, look)
  if (!look.quiet) append(lines, closingLines(report, look))
  while (lines.at(-1) === '') lines.pop()
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function statisticsLines(report: Report, look: Look): string[] {
  const text = renderStatistics(report, look)
  return text === '' ? [] : text.split('\n')
}

function findingLines(report: Report, look: Look): string[] {
  const groups = new Map(groupFindings(report).flatMap(group => group.seen.map(({ finding }) => [finding, group])))
  const shown = new Set<Group>()
  const lines: string[] = []
  const parts = heads(report).flatMap(head => {
    if (look.quiet && head.findings.length === 0) return []
    const blocks = fileBlocks(head.findings, groups, shown, look)
    return { head, blocks, verdict: verdictOf(head, blocks) }
  })
  const columns = columnsOf(parts, look)
  const plain = parts.filter(({ blocks }) => blocks.length === 0)
  const folded = new Set(!look.verbose && plain.length > FOLD_ABOVE ? plain.slice(FOLDED) : [])
  for (const part of parts) {
    if (folded.has(part)) continue
    const { head, blocks, verdict } = part
    const previousBlocks = lines.length > 0 && lines.at(-1) === ''
    if (blocks.length > 0 && lines.length > 0 && !previousBlocks) lines.push('')
    if (look.heads !== false) lines.push(...headLines(head, verdict, columns, look), ...platformOf(head, look))
    append(lines, blocks)
    if (blocks.length > 0) lines.push('')
  }
  if (folded.size > 0 && look.heads !== false)
    lines.push(
      foldedLine(
        [...folded].map(one => one.head),
        look,
      ),
    )
  return lines
}

/** Files without a block of their own, after the first few. */
function foldedLine(folded: readonly Head[], look: Look): string {
  const good = folded.filter(isOk).length
  const rejected = folded.filter(isSilentlyRejected).length
  const others = folded.length - good - rejected
  const counts = [
    ...(good > 0 ? [`${thousands(good)} ok`] : []),
    ...(rejected > 0 ? [`${thousands(rejected)} rejected by PyPI`] : []),
    ...(others > 0 ? [`${thousands(others)} with what is shown above`] : []),
  ]
  return look.paint(`… and ${plural(folded.length, 'more file')}: ${counts.join(', ')} (--verbose)`, 'dim')
}

interface Head {
  readonly title: string
  readonly about: string
  readonly findings: readonly Finding[]
  readonly platform?: PlatformReport | undefined
  /** By PyPI, also for what a baseline or an ignore leaves out of `findings`. */
  readonly isRejected?: boolean | undefined
}

const isOk = ({ findings, isRejected }: Head): boolean => findings.length === 0 && !isRejected
const isSilentlyRejected = (head: Head): boolean => head.findings.length === 0 && !isOk(head)

function heads(report: Report): Head[] {
  const rejected = new Set(report.summary.rejected)
  const files = report.distributions.map(({ path, filename, kind, size, findings, platform }) => ({
    title: escapeTerminal(path),
    about: kind === 'source-tree' ? KINDS[kind] : `${kindText(kind, filename)}, ${sizeText(size)}`,
    findings,
    platform,
    isRejected: rejected.has(path),
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

/** A signature is not a distribution either, but nobody says that it should be. */
const kindText = (kind: keyof typeof KINDS, filename: string): string =>
  (kind === 'unknown' && companionName(filename)?.kind) || KINDS[kind]

const releaseHead = ({ name, version, distributions, findings }: ReportRelease): Head => ({
  title: escapeTerminal(`${name} ${version}`),
  about: `release, ${plural(distributions.length, 'file')}`,
  findings,
})

/** `1 error, 2 warnings`, `ok`, or what the findings that are left out mean; with what is said of it in dim. */
interface Verdict {
  readonly text: string
  readonly aside: string
}

const verdictOf = (head: Head, blocks: readonly string[]): Verdict => ({
  text: countsText(countBySeverity(head.findings)) || (isOk(head) ? 'ok' : 'rejected by PyPI'),
  aside: head.findings.length > 0 && blocks.length === 0 ? ' (shown above)' : '',
})

interface Part {
  readonly head: Head
  readonly verdict: Verdict
}

interface Columns {
  /** The longest title that has all else next to it. */
  readonly title: number
  readonly about: number
}

/** What stands next to the title of a part. */
const besideTitle = ({ text, aside }: Verdict, about: number): number => 2 + about + 2 + cells(text + aside)

function columnsOf(parts: readonly Part[], { width = USUAL_WIDTH }: Look): Columns {
  const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, cells(text)), 0)
  const about = widest(parts.map(({ head }) => head.about))
  const fitting = parts.filter(({ head, verdict }) => cells(head.title) + besideTitle(verdict, about) <= width)
  return { title: widest(fitting.map(({ head }) => head.title)), about }
}

/** One line; where the title is too long, the title alone, and what is said of it below. */
function headLines(
  head: Head,
  { text, aside }: Verdict,
  { title: column, about: aboutColumn }: Columns,
  look: Look,
): string[] {
  const { paint, width } = look
  const room = (width ?? USUAL_WIDTH) - besideTitle({ text, aside }, aboutColumn)
  const counts = countBySeverity(head.findings)
  const color =
    counts.error || isSilentlyRejected(head) ? 'red' : counts.warning ? 'yellow' : counts.info ? 'cyan' : 'green'
  const verdict = paint(text, color) + (aside === '' ? '' : paint(aside, 'dim'))
  if (cells(head.title) <= room) {
    const title = paint(head.title, 'bold') + ' '.repeat(Math.max(0, Math.min(column, room) - cells(head.title)))
    return [`${title}  ${paint(padCells(head.about, aboutColumn), 'dim')}  ${verdict}`]
  }
  const [first = '', ...rest] = hanging(head.title, width, 4)
  const title = [paint(first, 'bold'), ...rest.map(line => `    ${paint(line, 'bold')}`)]
  const about = paint(head.about, 'dim')
  const isNarrow = 4 + cells(head.about) + 2 + cells(text + aside) > (width ?? USUAL_WIDTH)
  return [...title, ...(isNarrow ? [`    ${about}`, `    ${verdict}`] : [`    ${about}  ${verdict}`])]
}

/** What `auditwheel show` and `abi3audit -v` are asked for today. */
function platformOf({ platform }: Head, look: Look): readonly string[] {
  if (!look.verbose || !platform) return []
  return platformLines(platform).map(
    ([label, text]) => `   ${look.paint(label.padEnd(20), 'dim')}${escapeTerminal(text)}`,
  )
}

/** The blocks of one file: problems not yet shown, folded a rule, equal notes once at the end of a run. */
function fileBlocks(
  findings: readonly Finding[],
  groups: ReadonlyMap<Finding, Group>,
  shown: Set<Group>,
  look: Look,
): string[] {
  const byRule = new Map<string, Group[]>()
  for (const finding of findings) {
    const group = groups.get(finding)
    if (!group || shown.has(group)) continue
    shown.add(group)
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
  const label = paint(finding.severity, COLORS[finding.severity], 'bold')
  const id = look.hyperlinks ? hyperlink(finding.rule, ruleUrl(finding.rule)) : finding.rule
  const head = `${finding.severity}[${finding.rule}]: `
  const [first = '', ...rest] = hanging(escapeTerminal(finding.message), look.width, head.length, 4)
  const lines = [
    `${label}[${id}]:${first === '' ? '' : ` ${paint(first, 'bold')}`}`,
    ...rest.map(line => `    ${paint(line, 'bold')}`),
    ...placeLines(location, look),
  ]
  const gutter = gutterOf(finding)
  append(lines, snippetLines(finding, gutter, look))
  if (group.paths.length > 1) append(lines, inFiles(group.paths, gutter, look))
  for (const related of finding.related ?? []) {
    const place = placeText({ ...related, path: related.path })
    const file = related.path === location.path || related.member === undefined ? '' : ` of ${related.path}`
    lines.push(note(`${escapeTerminal(related.message)} (${escapeTerminal(`${place}${file}`)})`, gutter, look))
  }
  return lines
}

/** The place, and where the project has it: on one line where they fit. */
function placeLines(location: Finding['location'], look: Look): string[] {
  const { paint, width } = look
  const source = location.source?.column === undefined ? undefined : sourceText(location)
  const place = escapeTerminal(placeText(location))
  const from = source === undefined ? '' : escapeTerminal(source)
  const arrow = ` ${paint(' -->', 'blue')} `
  const fromText = (path: string) => `${paint('from', 'dim')} ${paint(path, 'cyan')}`
  if (6 + cells(place) + (from === '' ? 0 : 8 + cells(from)) <= (width ?? Number.POSITIVE_INFINITY))
    return [`${arrow}${place}${from === '' ? '' : `   ${fromText(from)}`}`]
  const [first = '', ...rest] = hanging(place, width, 6)
  const [path = '', ...more] = from === '' ? [] : hanging(from, width, 11, 6)
  const below = from === '' ? [] : [fromText(path), ...more.map(line => paint(line, 'cyan'))]
  return [arrow + first, ...[...rest, ...below].map(line => `      ${line}`)]
}

/** What stands before the bar of a snippet, in whose column the notes begin: the number of the line. A file name has none. */
const gutterOf = ({ snippet, location }: Finding): string =>
  snippet === undefined ? ' ' : String(location.line ?? ' ')

function snippetLines({ snippet, location }: Finding, gutter: string, look: Look): string[] {
  const { line, column, value, mark } = location
  if (snippet === undefined || snippet.trim() === '' || (line === undefined && !isInFileName(location))) return []
  const room = look.width === undefined ? Number.POSITIVE_INFINITY : Math.max(24, look.width - gutter.length - 5)
  const { text, indent, carets } = snippetOf(snippet, column, mark ?? value, room)
  // A problem about what is missing points to line 1 as a whole; that line says nothing.
  if (line === 1 && column === undefined && carets === '') return []
  const bar = look.paint('|', 'blue')
  const lines = [` ${look.paint(gutter, 'blue')} ${bar} ${text}`]
  if (carets !== '') lines.push(` ${' '.repeat(gutter.length)} ${bar} ${indent}${look.paint(carets, 'red')}`)
  return lines
}

function inFiles(paths: readonly string[], gutter: string, look: Look): string[] {
  const named = look.verbose ? paths : paths.slice(0, NAMED_FILES)
  const more = paths.length - named.length
  const names = named.map(escapeTerminal).join(', ')
  const rest = more > 0 ? ` … and ${thousands(more)} more (--verbose)` : ''
  return [note(`in ${plural(paths.length, 'file')}: ${names}${rest}`, gutter, look)]
}

function notes({ finding }: Group, look: Look): string[] {
  const gutter = gutterOf(finding)
  const who = enforcement(finding.enforcedBy)
  const source = escapeTerminal(finding.source)
  const reason = source.includes('(') ? `: ${source}` : ` (${source})`
  const lines = [note(who === '' ? `see ${source}` : `${who}${reason}`, gutter, look)]
  if (finding.breaks !== undefined && who === '')
    lines.push(note(`breaks: ${escapeTerminal(finding.breaks)}`, gutter, look))
  lines.push(note(`fix: ${escapeTerminal(finding.help)}`, gutter, look))
  if (look.verbose) lines.push(note(`docs: ${ruleUrl(finding.rule)}`, gutter, look))
  return lines
}

const note = (text: string, gutter: string, look: Look): string => {
  const margin = ' '.repeat(gutter.length + 2)
  const [first = '', ...rest] = hanging(text, look.width, margin.length + 2)
  return [`${margin}${look.paint('=', 'blue')} ${first}`, ...rest.map(line => `${margin}  ${line}`)].join('\n')
}

/** What PyPI would do with the files, the findings by severity, and the most frequent rules where there are many. */
function closingLines(report: Report, look: Look): string[] {
  const { summary } = report
  const names = rejectedNames(report, look)
  const verdict = `${uploadVerdict(summary, look.judged)}${names === '' ? '.' : `: ${names}`}`
  const counts = summaryCounts(summary, look.hidden)
  const color = summary.rejectedByPyPI > 0 ? 'red' : 'green'
  const painted = (line: string) => look.paint(line, color, 'bold')
  const fits = names === '' && hanging(`${verdict} ${counts}`, look.width, 0).length === 1
  const lines = fits
    ? [`${painted(verdict)} ${counts}`]
    : [...hanging(verdict, look.width, 0).map(painted), ...hanging(counts, look.width, 0)]
  const frequent = look.statistics ? '' : frequentRules(report)
  return frequent === '' ? lines : [...lines, ...hanging(frequent, look.width, 0)]
}

/** `a.whl, b.tar.gz and 3 more`; '' for a file that is audited alone. */
function rejectedNames({ summary, distributions }: Report, { verbose }: Look): string {
  const { rejected = [] } = summary
  if (summary.distributions < 2) return ''
  const filenames = new Map(distributions.map(({ path, filename }) => [path, filename]))
  const isUnique = new Set(filenames.values()).size === filenames.size
  const names = rejected.map(path => escapeTerminal((isUnique ? filenames.get(path) : path) ?? path))
  const named = verbose ? names : names.slice(0, NAMED_FILES)
  return `${named.join(', ')}${andMore(names.length - named.length)}`
}

/** `Most frequent: license-expression-invalid (12), …`; '' where there is little to count. */
function frequentRules(report: Report): string {
  const counts = new Map<string, number>()
  for (const { rule, findings } of countByRule(report)) counts.set(rule, (counts.get(rule) ?? 0) + findings)
  const rules = [...counts].sort(([, a], [, b]) => b - a)
  if (rules.length < 2 || rules.reduce((sum, [, count]) => sum + count, 0) < MANY_FINDINGS) return ''
  const frequent = rules.filter(([, count]) => count > 1).slice(0, NAMED_RULES)
  if (frequent.length === 0) return ''
  const named = frequent.map(([rule, count]) => `${rule} (${thousands(count)})`)
  const more = rules.length > frequent.length ? ' --statistics counts every rule.' : ''
  return `Most frequent: ${named.join(', ')}.${more}`
}
