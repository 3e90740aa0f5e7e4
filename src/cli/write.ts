import { appendFile, writeFile } from 'node:fs/promises'
import type { Finding, Severity } from '../finding.js'
import { isAtLeast } from '../finding.js'
import type { SourceContext } from '../project/source-context.js'
import { allFindings, countBySeverity, type Report } from '../report/report.js'
import type { SummaryOptions } from '../report/summary.js'
import { type Hidden, hiddenText } from '../report/wording.js'
import type { AnyRule } from '../rule.js'
import { UsageError } from '../usage-error.js'
import { plural, reasonOf } from '../wording.js'
import { wantsColor } from './color.js'
import type { Terminal } from './main.js'
import { note } from './note.js'
import type { Format } from './options.js'
import type { Output } from './values.js'
import { widthOf } from './width.js'

export interface WriteOptions {
  readonly outputs: readonly Output[]
  /** The least level that is shown; undefined: errors and warnings for people, everything in JSON. */
  readonly severity: Severity | undefined
  readonly failOn: Severity | 'never'
  readonly quiet: boolean
  readonly verbose: boolean
  readonly statistics: boolean
  readonly color: string | undefined
  /** Every rule about what PyPI rejects has run. */
  readonly judged: boolean
  readonly source: SourceContext
  /** A path of the project's own files as it can be opened from the working directory. */
  readonly openable: (path: string) => string
  readonly rules: readonly AnyRule[]
  readonly terminal: Terminal
}

/** Formats with a place for what is not shown. JSON and HTML have everything unless they are told otherwise. */
const TELL_HIDDEN: ReadonlySet<Format> = new Set(['text', 'github', 'sarif', 'json', 'html'])

/** Writes the report in every format asked for. */
export async function writeReports(report: Report, options: WriteOptions): Promise<void> {
  const told = options.outputs.some(({ format }) => TELL_HIDDEN.has(format))
  // Else it looks as if nothing had happened.
  const tellFiles = !options.quiet && options.outputs.every(({ file }) => file !== undefined)
  for (const output of options.outputs) {
    const shown = above(report, leastShown(output.format, options))
    const hidden = hiddenIn(report, shown)
    const text = await render(shown, output, hidden, options)
    if (output.file === undefined) await print(text, options.terminal.stdout)
    else {
      await save(output.file, text)
      if (tellFiles) note(options.terminal, `Wrote the ${output.format} report to '${output.file}'.`)
    }
    const rest = hiddenText(hidden)
    if (rest !== '' && !told && !options.quiet) note(options.terminal, rest)
  }
}

/** What makes the command fail is shown, and everything with `--verbose`, unless the user says otherwise. */
const leastShown = (format: Format, { severity, failOn, verbose }: WriteOptions): Severity =>
  severity ??
  (format === 'json' || format === 'html' || failOn === 'info' || (format === 'text' && verbose) ? 'info' : 'warning')

function hiddenIn(report: Report, shown: Report): Hidden {
  const all = countBySeverity(allFindings(report))
  const rest = countBySeverity(allFindings(shown))
  return { warning: all.warning - rest.warning, info: all.info - rest.info }
}

export function above(report: Report, severity: Severity): Report {
  if (severity === 'info') return report
  const keeps = (finding: Finding) => isAtLeast(finding.severity, severity)
  const filtered = <T extends { readonly findings: readonly Finding[] }>(one: T): T => ({
    ...one,
    findings: one.findings.filter(keeps),
  })
  return { ...report, distributions: report.distributions.map(filtered), releases: report.releases.map(filtered) }
}

/** Formats load when they are asked for: the text report must not pay for SARIF. */
async function render(
  report: Report,
  { format, file }: Output,
  hidden: Hidden,
  options: WriteOptions,
): Promise<string> {
  const { terminal, source, rules, statistics, judged } = options
  switch (format) {
    case 'json':
      return (await import('../report/json.js')).renderJson(report, { statistics })
    case 'sarif': {
      const { renderSarif, sarifLeftOut } = await import('../report/sarif.js')
      const left = sarifLeftOut(report)
      if (left > 0)
        note(
          terminal,
          `Left ${plural(left, 'result')} out of the SARIF file: GitHub shows 5,000 for each run, the worst first.`,
        )
      return renderSarif(report, { rules, source, hidden })
    }
    case 'github':
      await appendSummary(report, { hidden, judged }, terminal.env.GITHUB_STEP_SUMMARY)
      return (await import('../report/github.js')).renderGithub(report, { source, hidden })
    case 'gitlab':
      return (await import('../report/gitlab.js')).renderGitlab(report, { source })
    case 'junit':
      return (await import('../report/junit.js')).renderJunit(report, {
        rules,
        failOn: options.failOn,
        timestamp: timestamp(terminal.env),
      })
    case 'html':
      return (await import('../report/html-on-node.js')).htmlReport(report, { rules, judged })
    case 'rdjson':
      return (await import('../report/rdjson.js')).renderRdjson(report, { source })
    case 'concise': {
      if (statistics) return (await import('../report/statistics.js')).renderStatistics(report)
      return (await import('../report/concise.js')).renderConcise(report, { openable: options.openable })
    }
    case 'text': {
      const toTerminal = file === undefined && terminal.stdout.isTTY === true
      const color = wantsColor(options.color, terminal.env, toTerminal)
      const { renderText } = await import('../report/text.js')
      return renderText(report, {
        color,
        width: file === undefined ? widthOf(terminal.stdout, terminal.env) : undefined,
        verbose: options.verbose,
        quiet: options.quiet,
        hidden,
        judged,
        statistics,
        hyperlinks: toTerminal && color && terminal.env.TERM !== 'dumb' && !terminal.env.CI,
      })
    }
  }
}

/** The job summary of GitHub Actions; other steps may have written to the same file. */
async function appendSummary(report: Report, options: SummaryOptions, file: string | undefined): Promise<void> {
  if (!file) return
  const { renderSummary } = await import('../report/summary.js')
  await appendFile(file, renderSummary(report, options)).catch((error: Error) => {
    throw new UsageError(`The job summary cannot be written to '${file}': ${reasonOf(error)}.`)
  })
}

/** Reproducible where SOURCE_DATE_EPOCH says so. */
function timestamp(env: NodeJS.ProcessEnv): string {
  const epoch = Number(env.SOURCE_DATE_EPOCH)
  const date = env.SOURCE_DATE_EPOCH && Math.abs(epoch) < 1e11 ? new Date(epoch * 1000) : new Date()
  return date.toISOString().slice(0, 19)
}

function print(text: string, stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    stream.write(text, () => resolve())
  })
}

async function save(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: Error) => {
    throw new UsageError(`The report cannot be written to '${file}': ${reasonOf(error)}.`)
  })
}
