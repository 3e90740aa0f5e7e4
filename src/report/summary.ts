import type { Finding, Severity } from '../finding.js'
import { isRefusal, SEVERITIES } from '../finding.js'
import { plural, sizeText } from '../wording.js'
import { escapeHtml, escapeMarkdown, markdownCode, markdownProse } from './escape.js'
import { ruleUrl } from './links.js'
import { countBySeverity, countsText, type Report, type ReportDistribution } from './report.js'
import { type Hidden, placeText, sourceText, summaryCounts, uploadVerdict } from './wording.js'

/** A step's summary may have 1 MiB; more fails the upload of all of it. */
const MAX_BYTES = 900_000

export interface SummaryOptions {
  readonly maxBytes?: number | undefined
  /** What the report no longer has; its summary counts it. */
  readonly hidden?: Hidden | undefined
  /** False: some rules about uploads did not run. */
  readonly judged?: boolean | undefined
}

/** GitHub-flavoured Markdown for `$GITHUB_STEP_SUMMARY`: verdict, a table of the files, the findings of each file. */
export function renderSummary(report: Report, { maxBytes = MAX_BYTES, hidden, judged }: SummaryOptions = {}): string {
  const { summary, distributions, releases } = report
  const rejected = new Set(summary.rejected)
  const out = output(maxBytes)
  out.add(`### distaudit: ${uploadVerdict(summary, judged)}.\n\n${summaryCounts(summary, hidden)}\n\n`)
  const levels = SEVERITIES.filter(level => level === 'error' || !hidden?.[level])
  out.add(`| file | size | ${levels.map(level => COLUMNS[level]).join(' | ')} | upload |\n`)
  out.add(`|---|--:|${levels.map(() => '--:|').join('')}---|\n`)
  out.addAll(
    distributions.map(one => row(one, levels, rejected.has(one.path))),
    'file',
  )
  const details = [
    ...distributions.map(({ path, findings }) => ({ title: path, findings })),
    ...releases.map(({ name, version, findings }) => ({ title: `${name} ${version}`, findings })),
  ].filter(({ findings }) => findings.length > 0)
  if (details.length > 0) out.add('\n')
  out.addAll(details.map(detail), 'file')
  return out.text()
}

const COLUMNS: Readonly<Record<Severity, string>> = { error: 'errors', warning: 'warnings', info: 'info' }

function row({ path, size, findings }: ReportDistribution, levels: readonly Severity[], isRejected: boolean): string {
  const counts = countBySeverity(findings)
  const upload = isRejected || findings.some(isRefusal) ? 'refused' : 'ok'
  return `| ${markdownCode(path, 'table')} | ${sizeText(size)} | ${levels.map(level => counts[level]).join(' | ')} | ${upload} |\n`
}

function detail({ title, findings }: { title: string; findings: readonly Finding[] }): string {
  const open = findings.some(({ severity }) => severity === 'error') ? ' open' : ''
  const items = findings.map(finding => `- ${item(finding)}\n`).join('')
  // The line is an HTML block: Markdown does not apply in it.
  const head = `<code>${escapeHtml(title)}</code>: ${countsText(countBySeverity(findings))}`
  return `<details${open}><summary>${head}</summary>\n\n${items}\n</details>\n\n`
}

function item(finding: Finding): string {
  const source = finding.location.source?.column === undefined ? undefined : sourceText(finding.location)
  const from = source === undefined ? '' : `, from ${markdownCode(source)}`
  const link = `[${escapeMarkdown(finding.rule)}](${ruleUrl(finding.rule)})`
  const where = `${markdownCode(placeText(finding.location))}${from}`
  return `**${finding.severity}** ${link}: ${escapeMarkdown(finding.message)}<br>${where}<br>Fix: ${markdownProse(finding.help)}`
}

/** Text that stops growing at a number of bytes, and says what it left out. */
function output(maxBytes: number) {
  // Room for the closing words.
  let left = maxBytes - 200
  let text = ''
  const add = (piece: string): boolean => {
    const size = utf8Size(piece)
    if (size > left) return false
    left -= size
    text += piece
    return true
  }
  const addAll = (pieces: readonly string[], noun: string): void => {
    const first = pieces.findIndex(piece => !add(piece))
    if (first >= 0) text += `\n… and ${plural(pieces.length - first, `more ${noun}`)}.\n`
  }
  return { add, addAll, text: () => text }
}

/** Bytes in UTF-8; a surrogate pair counts 6 instead of 4, which only errs to the safe side. */
function utf8Size(text: string): number {
  let size = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    size += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
  }
  return size
}
