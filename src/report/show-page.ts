import { plural } from '../wording.js'
import { cells, padCells } from './cells.js'
import { escapeTerminal } from './escape.js'
import { hanging } from './hanging.js'
import { type Paint, paintOf } from './paint.js'

export interface PageOptions {
  readonly color?: boolean | undefined
  /** Columns of the terminal. Undefined in a pipe: nothing is wrapped or cut there. */
  readonly width?: number | undefined
  /** Everything, nothing folded. */
  readonly verbose?: boolean | undefined
}

const LABEL = 22

/** What `show` and `diff` write with: every text is escaped here, and nowhere else. */
export interface Page {
  readonly paint: Paint
  readonly verbose: boolean
  readonly width: number | undefined
  /** Lines of a text that come after so many columns. */
  text(text: string, indent: number, style?: Parameters<Paint>[1]): readonly string[]
  /** A label and what is said of it; nothing where that is empty. */
  row(label: string, text: string, style?: Parameters<Paint>[1]): readonly string[]
  /** A title with its lines; nothing where there are none. */
  section(title: string, lines: readonly string[]): readonly string[]
  /** A text, and one at the right of it in the same column for all; a long one goes below. */
  columns(rows: readonly (readonly [left: string, right: string])[], indent?: number): readonly string[]
}

/** Characters of a value that a terminal gets, unless all are wanted. */
const MOST_TEXT = 2000

const cut = (text: string): string =>
  text.length > MOST_TEXT
    ? `${text.slice(0, MOST_TEXT)}… and ${plural(text.length - MOST_TEXT, 'more character')} (--verbose)`
    : text

export function pageOf({ color, width, verbose = false }: PageOptions): Page {
  const paint = paintOf(color)
  const wrapped = (text: string, indent: number, first = indent): string[] =>
    hanging(escapeTerminal(verbose || width === undefined ? text : cut(text)), width, first, indent)
  const page: Page = {
    paint,
    verbose,
    width,
    text: (text, indent, style) =>
      wrapped(text, indent).map(line => ' '.repeat(indent) + (style ? paint(line, style) : line)),
    row(label, text, style) {
      if (text === '') return []
      const indent = 2 + LABEL
      const name = escapeTerminal(label)
      const gap = cells(name) >= LABEL ? '  ' : ''
      const head = `  ${paint(padCells(name, LABEL), 'dim')}${gap}`
      const [first = '', ...rest] = wrapped(text, indent, Math.max(indent, 4 + cells(name)))
      const shown = (line: string) => (style ? paint(line, style) : line)
      return [head + shown(first), ...rest.map(line => ' '.repeat(indent) + shown(line))]
    },
    section: (title, lines) => (lines.length === 0 ? [] : ['', paint(escapeTerminal(title), 'bold'), ...lines]),
    columns(rows, indent = 2) {
      const safe = rows.map(([left, right]) => [escapeTerminal(left), escapeTerminal(right)] as const)
      const rights = Math.max(0, ...safe.map(([, right]) => cells(right)))
      const room = width === undefined ? Number.POSITIVE_INFINITY : width - indent - 2 - rights
      const fitting = safe.filter(([left]) => cells(left) <= room)
      const column = fitting.reduce((most, [left]) => Math.max(most, cells(left)), 0)
      return safe.flatMap(([left, right]) => {
        const aside = right === '' ? '' : paint(right, 'dim')
        if (cells(left) <= room)
          return [`${' '.repeat(indent)}${right === '' ? left : `${padCells(left, column)}  ${aside}`}`]
        const lines = hanging(left, width, indent, indent + 2)
        const shown = lines.map((line, i) => ' '.repeat(indent + (i === 0 ? 0 : 2)) + line)
        return right === '' ? shown : [...shown, `${' '.repeat(indent + 2)}${aside}`]
      })
    },
  }
  return page
}
