import type { Severity } from '../finding.js'
import { noSourceContext, reportPath, type SourceContext } from '../project/source-context.js'
import { plural, sentence } from '../wording.js'
import { escapeVisible, safeJson } from './escape.js'
import { compareGroups, type Group, groupFindings } from './group.js'
import type { Report } from './report.js'

export interface GitlabOptions {
  readonly source?: SourceContext | undefined
}

type GitlabSeverity = 'info' | 'minor' | 'major' | 'critical' | 'blocker'

const SEVERITY: Readonly<Record<Severity, GitlabSeverity>> = { error: 'major', warning: 'minor', info: 'info' }

/** GitLab's code quality report: one JSON array, an entry a problem, worst first. Of equal fingerprints it shows one only. */
export function renderGitlab(report: Report, { source = noSourceContext }: GitlabOptions = {}): string {
  const seen = new Map<string, number>()
  const entries = groupFindings(report)
    .sort(compareGroups)
    .map(group => {
      const count = (seen.get(group.fingerprint) ?? 0) + 1
      seen.set(group.fingerprint, count)
      return entry(group, count === 1 ? group.fingerprint : `${group.fingerprint}-${count}`, source)
    })
  return `${safeJson(JSON.stringify(entries, null, 2))}\n`
}

function entry({ finding, blocks, paths }: Group, fingerprint: string, source: SourceContext) {
  const many = paths.length > 1 ? ` In ${plural(paths.length, 'distribution')}.` : ''
  const location = finding.location
  return {
    description: escapeVisible(`${sentence(finding.message)}${many} ${finding.help}`),
    check_name: finding.rule,
    fingerprint,
    severity: blocks ? 'critical' : SEVERITY[finding.severity],
    location: {
      path: location.source?.path ?? reportPath(location.path, source),
      lines: { begin: location.source?.line ?? 1 },
    },
  }
}
