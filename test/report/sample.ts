import type { Finding } from '../../src/finding.js'
import { isRefusal } from '../../src/finding.js'
import { REPORT_SCHEMA_URL } from '../../src/report/links.js'
import { allFindings, countBySeverity, type Report, type ReportDistribution } from '../../src/report/report.js'

type Changes = Partial<Omit<Finding, 'location'>> & { location?: Partial<Finding['location']> }

/** A wrong licence expression of `demo_pkg`, with the stated differences. */
export function findingOf({ location, ...changes }: Changes = {}): Finding {
  return {
    rule: 'license-expression-invalid',
    severity: 'error',
    message: "License-Expression 'MIT License' is not an SPDX expression.",
    help: 'Write `license = "MIT"` in [project].',
    enforcedBy: ['pypi', 'twine'],
    location: {
      path: 'dist/demo_pkg-1.0-py3-none-any.whl',
      member: 'demo_pkg-1.0.dist-info/METADATA',
      line: 4,
      column: 21,
      field: 'License-Expression',
      value: 'MIT License',
      source: { path: 'pyproject.toml', line: 7, column: 11, endColumn: 24 },
      ...location,
    },
    source: 'PEP 639',
    url: 'https://peps.python.org/pep-0639/',
    fingerprint: '8d0a5f9f2c9a4a0c',
    snippet: 'License-Expression: MIT License',
    ...changes,
  }
}

/** A finding about a member, without a line and without a source line. */
export const memberFinding = (member: string, changes: Changes = {}): Finding => ({
  ...findingOf({
    rule: 'contents-tests-toplevel',
    severity: 'warning',
    message: `The wheel installs ${member} at the top level.`,
    help: 'Exclude tests from the wheel.',
    enforcedBy: [],
    source: 'Advice',
    fingerprint: '3f1c9b2ad0e47710',
    ...changes,
  }),
  snippet: undefined,
  location: {
    path: 'dist/demo_pkg-1.0-py3-none-any.whl',
    member,
    source: { path: 'pyproject.toml', line: 1 },
    ...changes.location,
  },
})

export function wheelOf(findings: readonly Finding[], changes: Partial<ReportDistribution> = {}): ReportDistribution {
  const path = changes.path ?? 'dist/demo_pkg-1.0-py3-none-any.whl'
  return {
    filename: path.slice(path.lastIndexOf('/') + 1),
    kind: 'wheel',
    name: 'demo-pkg',
    version: '1.0',
    size: 12_400,
    sha256: '0'.repeat(64),
    findings: findings.map(finding => ({ ...finding, location: { ...finding.location, path } })),
    ...changes,
    path,
  }
}

export function reportOf(
  distributions: readonly ReportDistribution[],
  changes: Partial<Pick<Report, 'releases'>> & { summary?: Partial<Report['summary']> } = {},
): Report {
  const report: Report = {
    $schema: REPORT_SCHEMA_URL,
    schemaVersion: '1',
    tool: { name: 'distaudit', version: '0.1.0', dataDate: '2026-11-23' },
    distributions,
    releases: changes.releases ?? [],
    summary: { distributions: distributions.length, error: 0, warning: 0, info: 0, rejectedByPyPI: 0 },
  }
  const rejected = distributions.filter(({ findings }) => findings.some(isRefusal)).map(({ path }) => path)
  return {
    ...report,
    summary: {
      ...report.summary,
      ...countBySeverity(allFindings(report)),
      rejectedByPyPI: rejected.length,
      ...(rejected.length > 0 && { rejected }),
      ...changes.summary,
    },
  }
}

export const pyproject = `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "demo-pkg"
license = "MIT License"
`
