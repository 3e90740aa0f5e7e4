import { GRID } from './classify.js'
import type { Reader } from './reader.js'
import { fillCells, type Row } from './table-cells.js'
import { node } from './tree.js'
import { unsure } from './unsure.js'
import { inColumns } from './width.js'

// Tables drawn with `+`, `-` and `|`: cells are found by following their borders (parsers/rst/tableparser.py).

interface Cell {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** Boundaries that have been seen. */
interface Seen {
  readonly rows: Set<number>
  readonly columns: Set<number>
}

const HEAD = /^\+=[=+]+=\+ *$/

export function gridTable(reader: Reader, at: number): number {
  const blank = reader.lines.indexOf('', at)
  const end = blank < 0 ? reader.lines.length : blank
  const lines = reader.lines.slice(at, end)
  if (!GRID.test(lines.at(-1)!)) unsure('bottom border of a table')
  const heads = lines.flatMap((line, i) => (HEAD.test(line) ? [i] : []))
  if (heads.length > 1 || heads.includes(lines.length - 1)) unsure('head of a table')
  const rows = lines.map(
    (line, i) => inColumns(heads.includes(i) ? line.replaceAll('=', '-') : line) ?? unsure('width of a table'),
  )
  const width = rows[0]!.length
  for (const row of rows)
    if (row.length !== width || !'+|'.includes(row[0] || ' ') || !'+|'.includes(row.at(-1) || ' '))
      unsure('borders of a table')
  const seen: Seen = { rows: new Set([0]), columns: new Set([0]) }
  const cells = findCells(reader, rows, seen)
  checkCover(cells, seen)
  if (heads.some(head => !seen.rows.has(head))) unsure('head of a table')
  const children = cells.flatMap(({ top, left, bottom, right }) =>
    fillCells(reader, rows.slice(top + 1, bottom), left + 1, right),
  )
  reader.node.children.push({ ...node('table', children), columns: seen.columns.size - 1 })
  return end
}

/** Cells from left to right and top to bottom; every character inside the table belongs to one. */
function findCells(reader: Reader, rows: readonly Row[], seen: Seen): readonly Cell[] {
  const bottom = rows.length - 1
  const right = rows[0]!.length - 1
  /** For each column of characters, the last line that is known to belong to a cell. */
  const done = new Array<number>(right + 1).fill(-1)
  const cells: Cell[] = []
  const corners = new Map<string, readonly [number, number]>([['0,0', [0, 0]]])
  while (corners.size > 0) {
    const [key, [top, left]] = firstCorner(corners)
    corners.delete(key)
    if (top === bottom || left === right || top <= done[left]!) continue
    const cell = scanRight(reader, rows, top, left, seen)
    if (!cell) continue
    cells.push(cell)
    for (let column = left; column < cell.right; column++) {
      if (done[column] !== top - 1) unsure('overlapping cells')
      done[column] = cell.bottom - 1
    }
    for (const corner of [
      [top, cell.right],
      [cell.bottom, left],
    ] as const)
      corners.set(corner.join(), corner)
    spend(reader, corners.size)
  }
  if (done.some((last, column) => column < right && last !== bottom - 1)) unsure('incomplete table')
  return cells
}

function firstCorner(corners: ReadonlyMap<string, readonly [number, number]>) {
  return [...corners].reduce((first, one) =>
    one[1][0] < first[1][0] || (one[1][0] === first[1][0] && one[1][1] < first[1][1]) ? one : first,
  )
}

/** Following borders may take long in a table that is made for it. */
function spend(reader: Reader, steps: number): void {
  reader.budget.steps -= steps
  if (reader.budget.steps < 0) unsure('large table')
}

function scanRight(reader: Reader, rows: readonly Row[], top: number, left: number, seen: Seen): Cell | undefined {
  const columns: number[] = []
  const row = rows[top]!
  if (row[left] !== '+') unsure('corner of a cell')
  for (let at = left + 1; at < row.length; at++) {
    if (row[at] === '+') {
      columns.push(at)
      const found = scanDown(reader, rows, top, left, at, seen)
      if (found !== undefined) {
        for (const column of columns) seen.columns.add(column)
        return { top, left, bottom: found, right: at }
      }
    } else if (row[at] !== '-') return undefined
  }
  return undefined
}

function scanDown(reader: Reader, rows: readonly Row[], top: number, left: number, right: number, seen: Seen) {
  const lines: number[] = []
  for (let at = top + 1; at < rows.length; at++) {
    spend(reader, 1)
    const char = rows[at]![right]
    if (char === '+') {
      lines.push(at)
      if (scanBack(reader, rows, top, left, at, right, seen)) {
        for (const line of lines) seen.rows.add(line)
        return at
      }
    } else if (char !== '|') return undefined
  }
  return undefined
}

/** From the bottom right corner to the left, and up again. */
function scanBack(
  reader: Reader,
  rows: readonly Row[],
  top: number,
  left: number,
  bottom: number,
  right: number,
  seen: Seen,
): boolean {
  const row = rows[bottom]!
  spend(reader, right - left + bottom - top)
  const columns: number[] = []
  for (let at = right - 1; at > left; at--) {
    if (row[at] === '+') columns.push(at)
    else if (row[at] !== '-') return false
  }
  if (row[left] !== '+') return false
  const lines: number[] = []
  for (let at = bottom - 1; at > top; at--) {
    const char = rows[at]![left]
    if (char === '+') lines.push(at)
    else if (char !== '|') return false
  }
  for (const column of columns) seen.columns.add(column)
  for (const line of lines) seen.rows.add(line)
  return true
}

/** Cells have to fill the table of all rows and columns that were found. */
function checkCover(cells: readonly Cell[], { rows, columns }: Seen): void {
  const place = (boundaries: ReadonlySet<number>) =>
    new Map([...boundaries].sort((a, b) => a - b).map((at, i) => [at, i]))
  const rowOf = place(rows)
  const columnOf = place(columns)
  const area = ({ top, left, bottom, right }: Cell) =>
    ((rowOf.get(bottom) ?? unsure('row of a table')) - (rowOf.get(top) ?? unsure('row of a table'))) *
    ((columnOf.get(right) ?? unsure('column of a table')) - (columnOf.get(left) ?? unsure('column of a table')))
  const covered = cells.reduce((sum, cell) => sum + area(cell), 0)
  if (covered !== (rows.size - 1) * (columns.size - 1)) unsure('cells of a table')
}
