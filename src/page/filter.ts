import type { PageData, PageFinding } from '../report/html/data.js'
import type { State } from './state.js'

/** The text of each finding that words are looked for in. */
export function searchable({ files, findings }: PageData): readonly string[] {
  return findings.map(({ rule, message, place, help, from, file }) =>
    [rule, message, place, help, from ?? '', files[file]?.filename ?? ''].join('\n').toLowerCase(),
  )
}

/** The findings that are asked for: every word appears, in any order. */
export function filtered(
  findings: readonly PageFinding[],
  texts: readonly string[],
  { severities, rule, find }: Pick<State, 'severities' | 'rule' | 'find'>,
): readonly PageFinding[] {
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '')
  return findings.filter(
    (finding, index) =>
      severities.includes(finding.severity) &&
      (rule === '' || finding.rule === rule) &&
      words.every(word => texts[index]?.includes(word)),
  )
}

/** Findings of one file, or of one release, in the order of the report. */
export interface FindingGroup {
  readonly file: number | undefined
  readonly release: number | undefined
  readonly findings: readonly PageFinding[]
}

export function groupsOf(findings: readonly PageFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, PageFinding[]>()
  for (const finding of findings) {
    const key = finding.release === undefined ? `file ${finding.file}` : `release ${finding.release}`
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups.values()].map(group => {
    const { file, release } = group[0] as PageFinding
    return { file: release === undefined ? file : undefined, release, findings: group }
  })
}
