import type { Comparison, Difference } from '../show/difference.js'
import { thousands } from '../wording.js'
import {
  type DifferenceRow,
  diffsOf,
  firstRows,
  loneSections,
  sectionsOf,
  titleOf,
  verdictOf,
} from './difference-rows.js'
import { markdownCode } from './escape.js'

/** Rows of a section: a comment on a pull request has room for some. */
const MOST_ROWS = 30

/** The same for a comment on a pull request or a job summary: texts from files are code, and nothing else. */
export function differenceMarkdown(comparison: Comparison): string {
  const lone = loneSections(comparison).map(({ title, rows }) => `## ${title}\n\n${rowsText(rows)}`)
  const blocks = [...comparison.pairs.map(pairText), ...lone]
  return `${blocks.join('\n\n')}\n`
}

function pairText(difference: Difference): string {
  const verdict = verdictOf(difference)
  const sections = verdict === '' ? sectionsOf(difference) : []
  return [
    `## ${markdownCode(titleOf(difference))}`,
    ...(verdict === '' ? [] : [verdict]),
    ...sections.map(({ title, rows }) => `### ${title}\n\n${rowsText(rows)}`),
    ...diffsOf(difference).map(fenced),
  ].join('\n\n')
}

const WORDS = { '+': 'added', '-': 'removed', '~': 'changed', ' ': '' } as const

function rowsText(rows: readonly DifferenceRow[]): string {
  const lines = firstRows(rows, MOST_ROWS).map(({ sign, text, aside }) =>
    ['-', WORDS[sign], markdownCode(text), aside ?? ''].filter(part => part !== '').join(' '),
  )
  const left = rows.length - lines.length
  return [...lines, ...(left > 0 ? [`- … and ${thousands(left)} more`] : [])].join('\n')
}

/** With a fence that the text does not have. */
function fenced(diff: string): string {
  const longest = Math.max(2, ...(diff.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}diff\n${diff.replace(/\n$/, '')}\n${fence}`
}
