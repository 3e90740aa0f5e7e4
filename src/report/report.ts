import type { InternalError } from '../finding.js'
import { type Finding, SEVERITIES, type Severity } from '../finding.js'
import type { PlatformReport } from '../platform/platform.js'
import { plural, thousands } from '../wording.js'
import type { Contents } from './html/data.js'

interface Tool {
  readonly name: string
  readonly version: string
  /** Date of the newest table (classifiers, licenses, PyPI's rules) inside, `2026-11-23`. */
  readonly dataDate: string
}

export interface ReportDistribution {
  /** As given on the command line, or found in a directory given there. */
  readonly path: string
  readonly filename: string
  readonly kind: 'wheel' | 'sdist' | 'unknown' | 'variants-json' | 'source-tree'
  /** Normalized project name and version text; null where the file gives none. */
  readonly name: string | null
  readonly version: string | null
  /** Bytes. */
  readonly size: number
  /** Hex. */
  readonly sha256: string
  readonly findings: readonly Finding[]
  readonly platform?: PlatformReport | undefined
  /** What is in a wheel or an sdist; only where a format asks for it. */
  readonly contents?: Contents | undefined
}

export interface ReportRelease {
  readonly name: string
  readonly version: string
  /** Paths of its distributions. */
  readonly distributions: readonly string[]
  readonly findings: readonly Finding[]
}

export interface Summary {
  /** Files, and source trees that were audited without a build. */
  readonly distributions: number
  readonly error: number
  readonly warning: number
  readonly info: number
  /** Distributions that PyPI's upload would refuse. */
  readonly rejectedByPyPI: number
  /** Their paths; absent when there are none. */
  readonly rejected?: readonly string[] | undefined
  /** Findings that comments or the configuration ignore; not in `findings`. */
  readonly ignored?: number | undefined
  /** Findings that the baseline knows; not in `findings`. */
  readonly known?: number | undefined
  /** Those of `distributions` that are source trees; absent when there are none. */
  readonly sourceTrees?: number | undefined
}

/** The report as plain data: schemas/report-1.schema.json. Every format is rendered from it. */
export interface Report {
  readonly $schema: string
  readonly schemaVersion: '1'
  readonly tool: Tool
  readonly distributions: readonly ReportDistribution[]
  readonly releases: readonly ReportRelease[]
  readonly summary: Summary
  /** Rules that threw: bugs in distaudit, not of the files. Absent when there are none. */
  readonly internalErrors?: readonly InternalError[] | undefined
}

/** Findings of the files and of the releases, in report order. */
export function* allFindings(report: Pick<Report, 'distributions' | 'releases'>): Generator<Finding> {
  for (const { findings } of report.distributions) yield* findings
  for (const { findings } of report.releases) yield* findings
}

export function countBySeverity(findings: Iterable<Finding>): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 }
  for (const { severity } of findings) counts[severity]++
  return counts
}

/** `2 errors, 1 warning, 1 info`, or '' for none. */
export function countsText(counts: Readonly<Record<Severity, number>>): string {
  return SEVERITIES.flatMap(severity => (counts[severity] ? [countText(counts[severity], severity)] : [])).join(', ')
}

const countText = (count: number, severity: Severity): string =>
  severity === 'info' ? `${thousands(count)} info` : plural(count, severity)
