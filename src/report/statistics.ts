import type { Severity } from '../finding.js'
import { compareSeverity } from '../finding.js'
import { compareCodeUnits } from '../wording.js'
import { allFindings, type Report } from './report.js'

export interface RuleCount {
  readonly rule: string
  /** The worst one seen. */
  readonly severity: Severity
  readonly findings: number
  readonly files: number
}

/** Findings a rule, the most frequent first. */
export function ruleCounts(report: Report): RuleCount[] {
  const rows = new Map<string, { severity: Severity; findings: number; files: Set<string> }>()
  for (const { rule, severity, location } of allFindings(report)) {
    let row = rows.get(rule)
    if (!row) {
      row = { severity, findings: 0, files: new Set() }
      rows.set(rule, row)
    }
    if (compareSeverity(severity, row.severity) < 0) row.severity = severity
    row.findings++
    row.files.add(location.path)
  }
  return Array.from(rows, ([rule, row]) => ({ ...row, rule, files: row.files.size })).sort(
    (a, b) => b.findings - a.findings || compareCodeUnits(a.rule, b.rule),
  )
}
