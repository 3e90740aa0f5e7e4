import { append } from '../../append.js'
import type { Reader } from './reader.js'
import { fillCells, type Row } from './table-cells.js'
import { type Node, node } from './tree.js'
import { unsure } from './unsure.js'
import { inColumns } from './width.js'

// Tables with columns under lines of `=` (parsers/rst/tableparser.py).

const BORDER = /^=[ =]*$/
const SPAN = /^-[ -]*$/

interface Column {
  readonly start: number
  readonly end: number
}

export function simpleTable(reader: Reader, at: number): number {
  const end = bottomBorder(reader, at)
  const lines = reader.lines.slice(at, end + 1)
  const isBorder = (line: string, i: number) => i === 0 || i === lines.length - 1 || BORDER.test(line)
  const rows = lines.map(
    (line, i) => inColumns(isBorder(line, i) ? line.replaceAll('=', '-') : line) ?? unsure('width of a table'),
  )
  const table: Table = { reader, columns: columnsOf(rows[0]!), borderEnd: 0, cells: [] }
  table.borderEnd = table.columns.at(-1)!.end
  readRows(table, rows)
  reader.node.children.push({ ...node('table', table.cells), columns: table.columns.length })
  return end + 1
}

/** The second border, or the first with a blank line after it. */
function bottomBorder(reader: Reader, at: number): number {
  const { lines } = reader
  let found = 0
  for (let i = at + 1; i < lines.length; i++) {
    if (!BORDER.test(lines[i]!)) continue
    if (lines[i]!.length !== lines[at]!.length) unsure('borders of a table')
    found++
    const isFinished = (lines[i + 1] ?? '') === ''
    if (isFinished) return i
    if (found === 2) unsure('table ends without a blank line')
  }
  return unsure('bottom border of a table')
}

interface Table {
  readonly reader: Reader
  /** Columns of the top border; text makes the last one longer. */
  readonly columns: Column[]
  borderEnd: number
  readonly cells: Node[]
}

function readRows(table: Table, rows: readonly Row[]): void {
  const first = table.columns[0]!
  let start = 1
  let isFilled = false
  for (let at = 1; at < rows.length; at++) {
    const row = rows[at]!
    if (SPAN.test(row.join(''))) {
      readRow(table, rows.slice(start, at), row)
      start = at + 1
      isFilled = false
    } else if (row.slice(first.start, first.end).join('').trim() !== '') {
      if (isFilled && at !== start) readRow(table, rows.slice(start, at))
      start = at
      isFilled = true
    } else if (!isFilled) start = at + 1
  }
}

function columnsOf(row: Row): Column[] {
  const columns: Column[] = []
  for (let end = 0; ; ) {
    const start = row.indexOf('-', end)
    if (start < 0) return columns
    const gap = row.indexOf(' ', start)
    end = gap < 0 ? row.length : gap
    columns.push({ start, end })
  }
}

/** A row of lines, and the line below that says which columns its cells span. */
function readRow(table: Table, lines: readonly Row[], span?: Row): void {
  if (lines.length === 0 && !span) return
  const columns = span ? spannedColumns(table, span) : [...table.columns]
  checkMargins(table, lines, columns)
  checkSpans(table, columns)
  for (const { start, end } of columns) append(table.cells, fillCells(table.reader, lines, start, end))
}

function spannedColumns(table: Table, span: Row): Column[] {
  const columns = columnsOf(span)
  const last = columns.at(-1)!
  if (last.end !== table.borderEnd) unsure('span of columns')
  columns[columns.length - 1] = { start: last.start, end: table.columns.at(-1)!.end }
  return columns
}

/** Nothing may stand between columns; text may go on after the last one. */
function checkMargins(table: Table, lines: readonly Row[], columns: Column[]): void {
  const last = columns.length - 1
  for (const [i, { start, end }] of columns.entries()) {
    const next = columns[i + 1]?.start
    for (const line of lines) {
      const rest = line.slice(end, next)
      if (rest.every(char => char !== '' && char.trim() === '')) continue
      if (i < last) unsure('text between columns')
      const main = table.columns.at(-1)!
      const width = Math.max(line.length, main.end)
      columns[i] = { start, end: width }
      if (line.length > main.end) table.columns[table.columns.length - 1] = { start: main.start, end: width }
    }
  }
}

/** Each cell begins and ends where a column does. */
function checkSpans(table: Table, columns: readonly Column[]): void {
  let at = 0
  for (const { start, end } of columns) {
    if (table.columns[at]?.start !== start) unsure('span of columns')
    while (table.columns[at] && table.columns[at]!.end !== end) at++
    if (!table.columns[at]) unsure('span of columns')
    at++
  }
}
