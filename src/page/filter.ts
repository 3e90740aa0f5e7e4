import { groupBy } from '../group-by.js'
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
  const groups = groupBy(findings, ({ file, release }) =>
    release === undefined ? `file ${file}` : `release ${release}`,
  )
  return [...groups.values()].map(group => {
    const [{ file, release }] = group
    return { file: release === undefined ? file : undefined, release, findings: group }
  })
}
