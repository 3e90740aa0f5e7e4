import type { Finding } from '../finding.js'
import type { AnyRule } from '../rule.js'
import { plural, sizeText, thousands } from '../wording.js'
import { escapeHtml, escapeShown, scriptJson } from './escape.js'
import type {
  Contents,
  Description,
  PageContents,
  PageData,
  PageDescription,
  PageFile,
  PageFinding,
  PageLine,
  PageRule,
  Row,
} from './html/data.js'
import { HOME_URL, ruleUrl } from './links.js'
import { hashSource } from './policy.js'
import { countBySeverity, type Report, type ReportDistribution } from './report.js'
import { markedSpan } from './snippet.js'
import { enforcement, placeText, sourceText, summaryCounts, uploadVerdict } from './wording.js'

/** What runs in the page and how it looks, as scripts/build.ts makes them of src/page. */
export interface PageCode {
  readonly script: string
  readonly style: string
  /** The style of the frame with the description. */
  readonly frame: string
}

export interface HtmlOptions {
  readonly rules: readonly AnyRule[]
  readonly code: PageCode
  /** Every rule about what PyPI rejects has run. */
  readonly judged: boolean
  /** Renders a description as PyPI does; it is asked once for each text. */
  readonly describe: (description: Description) => Promise<PageDescription>
}

/** The report as one page that needs nothing else: it opens from a folder, and asks no server for anything. */
export async function renderHtml(report: Report, options: HtmlOptions): Promise<string> {
  const { code } = options
  const data = dataOf(report, options)
  const blocks = [block('report', data), block('frame-style', code.frame)]
  const descriptions = new Map<string, number>()
  for (const [index, { contents }] of report.distributions.entries()) {
    if (!contents) continue
    const { description, ...rest } = contents
    const key = description && JSON.stringify([description.type, description.text])
    let known = key === undefined ? undefined : descriptions.get(key)
    if (description && key !== undefined && known === undefined) {
      known = descriptions.size
      descriptions.set(key, known)
      const { text, ...rendered } = await options.describe(description)
      blocks.push(
        block(`description-${known}`, { ...rendered, text: rendered.html === undefined ? escapeShown(text) : '' }),
      )
    }
    const shown: PageContents = { ...safe(rest), ...(known !== undefined && { description: known }) }
    blocks.push(block(`contents-${index}`, shown))
  }
  const title = `${data.verdict} · distaudit`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(code)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${code.style}</style>
</head>
<body>
<noscript><main><h1>${escapeHtml(data.verdict)}</h1><p>${escapeHtml(data.summary)} The findings need JavaScript; \`distaudit --format text\` does not.</p></main></noscript>
${blocks.join('\n')}
<script>${code.script}</script>
</body>
</html>
`
}

const block = (id: string, value: unknown): string =>
  `<script type="application/json" id="${id}">${scriptJson(value)}</script>`

/** Nothing is loaded and nothing runs but the one script and the two styles. */
function policy({ script, style, frame }: PageCode): string {
  return [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)} ${hashSource(frame)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The same with every text safe to be seen. */
function safe<T>(value: T): T {
  if (typeof value === 'string') return escapeShown(value) as T
  if (Array.isArray(value)) return value.map(safe) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, safe(one)])) as T
}

function dataOf(report: Report, { rules, judged }: HtmlOptions): PageData {
  const { distributions, releases, summary, tool } = report
  const byPath = new Map(distributions.map(({ path }, index) => [path, index]))
  const fileOf = ({ location }: Finding) => byPath.get(location.path) ?? 0
  const findings = [
    ...distributions.flatMap(({ findings }, file) => findings.map(finding => pageFinding(finding, file))),
    ...releases.flatMap(({ findings }, release) =>
      findings.map(finding => pageFinding(finding, fileOf(finding), release)),
    ),
  ]
  const used = new Set(findings.map(({ rule }) => rule))
  const rejected = new Set(report.summary.rejected)
  const { rejectedByPyPI, sourceTrees = 0 } = summary
  const verdict = uploadVerdict(summary, judged)
  return safe({
    tool: `${tool.name} ${tool.version}, data of ${tool.dataDate}`,
    verdict,
    summary: summaryCounts(summary),
    state: rejectedByPyPI > 0 ? 'rejected' : judged && sourceTrees === 0 ? 'accepted' : 'checked',
    home: HOME_URL,
    files: distributions.map(one => pageFile(one, rejected.has(one.path))),
    releases: releases.map(({ name, version, distributions: paths }) => ({
      title: `${name} ${version}`,
      files: paths.flatMap(path => byPath.get(path) ?? []),
    })),
    findings,
    rules: Object.fromEntries(rules.filter(({ id }) => used.has(id)).map(rule => [rule.id, pageRule(rule)])),
    notes: (report.internalErrors ?? []).map(
      ({ rule, path, message }) => `A bug in distaudit: ${rule} failed on ${path}: ${message}.`,
    ),
  })
}

const pageRule = (rule: AnyRule): PageRule => ({
  summary: rule.summary,
  why: rule.why,
  page: ruleUrl(rule.id),
  source: rule.source,
  url: rule.url,
})

function pageFinding(finding: Finding, file: number, release?: number): PageFinding {
  const { rule, severity, message, help, enforcedBy, breaks, location, related } = finding
  const who = enforcement(enforcedBy)
  return {
    rule,
    severity,
    message,
    help,
    ...(who !== '' && { who: `${who}.` }),
    breaks,
    file,
    ...(release !== undefined && { release }),
    place: placeText(location),
    member: location.member,
    from: location.source && sourceText(location),
    lines: linesOf(finding),
    related: (related ?? []).map(one => [placeText({ ...one, path: one.path }), one.message]),
  }
}

/** The lines around the place with the marked part of the one that is meant; or that line alone, or the name of the file. */
function linesOf({ location, snippet, around }: Finding): readonly PageLine[] {
  if (snippet === undefined) return []
  const { line, column, mark, value } = location
  const [start, end] = markedSpan(snippet, column, mark ?? value)
  const text = { text: snippet }
  const meant: PageLine = {
    number: line ?? 1,
    ...text,
    ...(end > start && { marked: [snippet.slice(0, start), snippet.slice(start, end), snippet.slice(end)] }),
  }
  if (!around || line === undefined) return [meant]
  return around.lines.map((one, index) =>
    around.first + index === line ? meant : { number: around.first + index, text: one },
  )
}

function pageFile(distribution: ReportDistribution, isRejected: boolean): PageFile {
  const { path, filename, kind, name, version, size, sha256, findings, contents } = distribution
  const { error, warning, info } = countBySeverity(findings)
  return {
    path,
    filename,
    kind: kind === 'unknown' ? 'not a wheel or an sdist' : kind === 'source-tree' ? 'source tree' : kind,
    project: name === null ? '' : `${name} ${version ?? ''}`.trim(),
    size,
    sha256,
    rejected: isRejected,
    counts: [error, warning, info],
    opened: contents !== undefined,
    compared: contents ? comparedOf(distribution, contents) : [],
  }
}

const LONGEST = 300

/** What a person compares between the files of a release: sizes, tags, and the fields of the metadata. */
function comparedOf({ size }: ReportDistribution, contents: Contents): PageFile['compared'] {
  const { unpacked, count, tags, pythons, natives, metadata } = contents
  const fields = new Map<string, string[]>()
  for (const [field, text] of metadata) {
    const values = fields.get(field) ?? []
    values.push(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
    fields.set(field, values)
  }
  const first: readonly Row[] = [
    ['Size', sizeText(size)],
    ['Unpacked', sizeText(unpacked)],
    ['Files', thousands(count)],
    ['Tags', tags?.meaning ?? ''],
    ['Python versions', pythons ?? ''],
    ['Extension modules', extensionsText(natives.filter(({ role }) => role === 'extension').length)],
  ]
  return [...first.filter(([, text]) => text !== '').map(([label, text]) => [label, [text]] as const), ...fields]
}

const extensionsText = (count: number): string => (count === 0 ? '' : plural(count, 'module'))
