import { compareSeverity, type Severity } from '../finding.js'
import { compareCodeUnits, plural, thousands } from '../wording.js'
import { COLORS, paintOf } from './paint.js'
import { allFindings, type Report } from './report.js'

/** How often one rule has found something. */
export interface RuleCount {
  readonly rule: string
  readonly severity: Severity
  readonly findings: number
  /** Distributions that have any of them. */
  readonly files: number
}

/** The findings of a report by rule and severity: the most frequent first, then the worst. */
export function countByRule(report: Report): readonly RuleCount[] {
  const counts = new Map<string, { rule: string; severity: Severity; findings: number; paths: Set<string> }>()
  for (const { rule, severity, location } of allFindings(report)) {
    const key = `${severity} ${rule}`
    const count = counts.get(key) ?? { rule, severity, findings: 0, paths: new Set() }
    count.findings++
    count.paths.add(location.path)
    counts.set(key, count)
  }
  return Array.from(counts.values(), ({ paths, ...count }) => ({ ...count, files: paths.size })).sort(
    (a, b) => b.findings - a.findings || compareSeverity(a.severity, b.severity) || compareCodeUnits(a.rule, b.rule),
  )
}

/** A line for each rule: `12  error    license-expression-invalid  12 files`. '' for no findings. */
export function renderStatistics(report: Report, { color }: { readonly color?: boolean | undefined } = {}): string {
  const paint = paintOf(color)
  const counts = countByRule(report)
  const digits = Math.max(0, ...counts.map(({ findings }) => thousands(findings).length))
  const ids = Math.max(0, ...counts.map(({ rule }) => rule.length))
  return counts
    .map(({ rule, severity, findings, files }) => {
      const level = paint(severity.padEnd(7), COLORS[severity])
      const many = paint(`in ${plural(files, 'file')}`, 'dim')
      return `${thousands(findings).padStart(digits)}  ${level}  ${rule.padEnd(ids)}  ${many}\n`
    })
    .join('')
}
