import type { Comparison, Difference } from '../show/difference.js'
import { andMore } from '../wording.js'
import {
  type DifferenceRow,
  diffsOf,
  firstRows,
  loneSections,
  sectionsOf,
  titleOf,
  verdictOf,
} from './difference-rows.js'
import { type Page, type PageOptions, pageOf } from './show-page.js'

/** Rows of a section, unless all are wanted. */
const MOST_ROWS = 10
const STYLES = { '+': 'green', '-': 'red', '~': 'yellow', ' ': 'dim' } as const

/** What differs, on a screen. */
export function differenceText(comparison: Comparison, options: PageOptions = {}): string {
  const page = pageOf(options)
  const blocks = [
    ...comparison.pairs.map(one => pairLines(one, page)),
    ...loneSections(comparison).map(({ title, rows }) => [page.paint(title, 'bold'), ...rowLines(rows, page)]),
  ]
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function pairLines(difference: Difference, page: Page): readonly string[] {
  const verdict = verdictOf(difference)
  const title = titleOf(difference)
  const paths = `${difference.old.path} → ${difference.new.path}`
  return [
    ...page.text(title, 0, 'bold'),
    ...(title === paths ? [] : page.text(paths, 2, 'dim')),
    ...(verdict === '' ? [] : page.text(verdict, 2, 'green')),
    ...(verdict === '' ? sectionsOf(difference, page.verbose) : []).flatMap(({ title, rows }) => [
      page.paint(title, 'bold'),
      ...rowLines(rows, page),
    ]),
    ...diffsOf(difference).flatMap(diff => ['', ...diffLines(diff, page)]),
  ]
}

function rowLines(rows: readonly DifferenceRow[], page: Page): readonly string[] {
  const shown = page.verbose || rows.length <= MOST_ROWS ? rows : firstRows(rows, MOST_ROWS - 1)
  const lines = shown.flatMap(({ sign, text, aside }) => {
    const [first = '', ...rest] = page.text(aside === undefined ? text : `${text}  ${aside}`, 4)
    return [`  ${page.paint(sign, STYLES[sign])} ${first.slice(4)}`, ...rest]
  })
  const left = rows.length - shown.length
  return left > 0 ? [...lines, ...page.text(`…${andMore(left)} (--verbose)`, 4, 'dim')] : lines
}

/** A unified diff is escaped already. */
const diffLines = (diff: string, page: Page): readonly string[] =>
  diff
    .replace(/\n$/, '')
    .split('\n')
    .map(line => {
      if (/^(?:---|\+\+\+) /.test(line)) return page.paint(line, 'bold')
      if (line.startsWith('@@')) return page.paint(line, 'cyan')
      return line.startsWith('+') ? page.paint(line, 'green') : line.startsWith('-') ? page.paint(line, 'red') : line
    })
