import type { Edit, Finding, Place } from '../finding.js'
import type { PlatformReport } from '../platform/platform.js'
import { safeJson } from './escape.js'
import type { Report, ReportDistribution, ReportRelease } from './report.js'
import { countByRule } from './statistics.js'

type Related = NonNullable<Finding['related']>[number]

export interface JsonOptions {
  /** With the counts of each rule. */
  readonly statistics?: boolean | undefined
}

/** The report itself: fixed key order, two spaces per level, a newline at the end. Equal reports give equal bytes. */
export function renderJson(report: Report, { statistics = false }: JsonOptions = {}): string {
  const { $schema, schemaVersion, tool, distributions, releases, summary, internalErrors } = report
  const ordered = {
    $schema,
    schemaVersion,
    tool: { name: tool.name, version: tool.version, dataDate: tool.dataDate },
    distributions: distributions.map(distributionJson),
    releases: releases.map(releaseJson),
    summary: {
      distributions: summary.distributions,
      error: summary.error,
      warning: summary.warning,
      info: summary.info,
      rejectedByPyPI: summary.rejectedByPyPI,
      rejected: summary.rejected,
      ignored: summary.ignored,
      known: summary.known,
      sourceTrees: summary.sourceTrees,
    },
    statistics: statistics ? countByRule(report) : undefined,
    internalErrors: internalErrors?.map(({ rule, path, message }) => ({ rule, path, message })),
  }
  return `${safeJson(JSON.stringify(ordered, null, 2))}\n`
}

const distributionJson = (distribution: ReportDistribution) => ({
  path: distribution.path,
  filename: distribution.filename,
  kind: distribution.kind,
  name: distribution.name,
  version: distribution.version,
  size: distribution.size,
  sha256: distribution.sha256,
  findings: distribution.findings.map(findingJson),
  platform: distribution.platform && platformJson(distribution.platform),
})

const releaseJson = ({ name, version, distributions, findings }: ReportRelease) => ({
  name,
  version,
  distributions,
  findings: findings.map(findingJson),
})

const findingJson = (finding: Finding) => ({
  rule: finding.rule,
  severity: finding.severity,
  message: finding.message,
  help: finding.help,
  enforcedBy: finding.enforcedBy,
  breaks: finding.breaks,
  location: {
    path: finding.location.path,
    ...placeJson(finding.location),
    source: finding.location.source && sourceJson(finding.location.source),
  },
  source: finding.source,
  url: finding.url,
  fingerprint: finding.fingerprint,
  snippet: finding.snippet,
  related: finding.related?.map(relatedJson),
  edits: finding.edits?.map(editJson),
})

const placeJson = ({ member, line, column, offset, field, value, mark }: Place) => ({
  member,
  line,
  column,
  offset,
  field,
  value,
  mark,
})

const sourceJson = ({ path, line, column, endColumn, key }: NonNullable<Finding['location']['source']>) => ({
  path,
  line,
  column,
  endColumn,
  key: key && { path: key.path, line: key.line },
})

const relatedJson = (related: Related) => ({ path: related.path, ...placeJson(related), message: related.message })

const editJson = ({ path, key, line, column, endLine, endColumn, replacement, safe }: Edit) => ({
  path,
  key,
  line,
  column,
  endLine,
  endColumn,
  replacement,
  safe,
})

const platformJson = ({ fits, symbolVersions, external, missing, minimumOs, pythonAbi }: PlatformReport) => ({
  fits,
  symbolVersions: sorted(symbolVersions),
  external: sorted(external),
  missing: sorted(missing),
  minimumOs: sorted(minimumOs),
  pythonAbi: pythonAbi && {
    tag: pythonAbi.tag,
    abi3Lowest: pythonAbi.abi3Lowest,
    nonStable: pythonAbi.nonStable,
    tooNew: sorted(pythonAbi.tooNew),
  },
})

function sorted<T>(record: Readonly<Record<string, T>> | undefined): Record<string, T> | undefined {
  if (!record) return undefined
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
