import { compareSeverity, type Finding, isInFileName, isRefusal } from '../finding.js'
import { compareCodeUnits } from '../wording.js'
import type { Report, ReportDistribution } from './report.js'

/** Where one problem was seen: the finding and the distribution it is about. */
export interface Seen {
  readonly finding: Finding
  /** Absent when the finding's path is not a distribution of the report. */
  readonly distribution: ReportDistribution | undefined
}

/** One problem, however many distributions show it: a wrong `license` breaks the sdist and forty wheels. */
export interface Group {
  readonly key: string
  /** Stands for all: the worst, then the first in report order. */
  readonly finding: Finding
  readonly seen: readonly Seen[]
  /** Paths of the distributions, without repeats, in report order. */
  readonly paths: readonly string[]
  /** The least of the findings' fingerprints: it does not depend on which file came first. */
  readonly fingerprint: string
  /** True when PyPI or twine stops the upload because of it. */
  readonly blocks: boolean
}

/** The line in the project's own file that a finding points to; undefined when it points to a file as a whole. */
export function sourceLine(
  finding: Finding,
): { path: string; line: number; column: number; endColumn: number } | undefined {
  const source = finding.location.source
  if (source?.column === undefined) return undefined
  const { path, line, column } = source
  return { path, line, column, endColumn: Math.max(source.endColumn ?? column + 1, column + 1) }
}

/**
 * Findings with one key are one problem: same rule, same source line, same field and value. Without a value, several things may
 * be missing in one table: the fingerprint tells them apart. Two parts of one value are two problems; file names of one release
 * differ. Where the source line has the very text that is marked, it does not matter what a file calls the value: an entry point
 * of a wheel is a key of pyproject.toml in the sdist. Nor does it of code, whose path is another one in each file.
 */
function groupKey(finding: Finding): string {
  const { field, value, source } = finding.location
  const at = sourceLine(finding)
  const isValue = at !== undefined && field !== undefined && value !== undefined
  const isCode = at !== undefined && !/(?:^|\/)setup\.py$/.test(at.path) && at.path.endsWith('.py')
  const about = isCode || isMarkedInSource(finding) ? [] : isValue ? [field, value] : [finding.fingerprint]
  const subject = [...about, markOf(finding) ?? null]
  return JSON.stringify([finding.rule, source?.path ?? null, at?.line ?? null, at?.column ?? null, ...subject])
}

/** Files of one release differ in their names. */
const markOf = ({ location }: Finding) => (isInFileName(location) ? undefined : location.mark)

/** Does the source line have the very text that is marked? */
function isMarkedInSource(finding: Finding): boolean {
  const at = sourceLine(finding)
  return at !== undefined && at.endColumn - at.column === markOf(finding)?.length
}

/** The problems of a report in report order. */
export function groupFindings(report: Report): Group[] {
  const byPath = new Map(report.distributions.map(distribution => [distribution.path, distribution]))
  const groups = new Map<string, Seen[]>()
  const said = new Map<string, string>()
  const add = (finding: Finding, distribution: ReportDistribution | undefined) => {
    let key = groupKey(finding)
    if (isMarkedInSource(finding)) {
      // Of one file, two messages about one text are two problems.
      const inFile = `${key} ${finding.location.path}`
      const before = said.get(inFile)
      if (before === undefined) said.set(inFile, finding.message)
      else if (before !== finding.message) key = JSON.stringify([key, finding.message])
    }
    const seen = groups.get(key)
    if (seen) seen.push({ finding, distribution })
    else groups.set(key, [{ finding, distribution }])
  }
  for (const distribution of report.distributions)
    for (const finding of distribution.findings) add(finding, distribution)
  for (const { findings } of report.releases)
    for (const finding of findings) add(finding, byPath.get(finding.location.path))
  return Array.from(groups, ([key, seen]) => group(key, seen))
}

function group(key: string, seen: readonly Seen[]): Group {
  const findings = seen.map(({ finding }) => finding)
  const first = findings.reduce((a, b) => (compareSeverity(b.severity, a.severity) < 0 ? b : a))
  return {
    key,
    finding: first,
    seen,
    paths: [...new Set(findings.map(({ location }) => location.path))],
    fingerprint: findings.map(({ fingerprint }) => fingerprint).reduce((a, b) => (compareCodeUnits(b, a) < 0 ? b : a)),
    blocks: findings.some(isRefusal),
  }
}

/** Worst first: severity, then what stops the upload, then rule, place and subject. */
export function compareGroups(a: Group, b: Group): number {
  const place = ({ finding: { location } }: Group) => location.source?.path ?? location.path
  return (
    compareSeverity(a.finding.severity, b.finding.severity) ||
    Number(b.blocks) - Number(a.blocks) ||
    compareCodeUnits(a.finding.rule, b.finding.rule) ||
    compareCodeUnits(place(a), place(b)) ||
    (a.finding.location.source?.line ?? 0) - (b.finding.location.source?.line ?? 0) ||
    compareCodeUnits(a.key, b.key)
  )
}
