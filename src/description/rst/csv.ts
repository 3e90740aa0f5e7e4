import { unsure } from './unsure.js'

/**
 * Rows of comma-separated values, as Python's strict reader splits them: cells in quotation marks have those doubled, and
 * nothing after them. Cells of more than one line are given up.
 */
export function csvRows(lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map(line => {
    const cells: string[] = []
    if (line === '') return cells
    for (let at = 0; ; ) {
      while (line[at] === ' ') at++
      const end = line[at] === '"' ? quotedEnd(line, at) : plainEnd(line, at)
      const cell = line[at] === '"' ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end)
      if (cell !== cell.trim()) unsure('blanks in a cell')
      cells.push(cell)
      if (end === line.length) return cells
      at = end + 1
    }
  })
}

function plainEnd(line: string, at: number): number {
  const comma = line.indexOf(',', at)
  return comma < 0 ? line.length : comma
}

function quotedEnd(line: string, at: number): number {
  let end = at + 1
  for (;;) {
    const quote = line.indexOf('"', end)
    if (quote < 0) return unsure('cell of more than one line')
    if (line[quote + 1] !== '"') {
      const after = quote + 1
      return after === line.length || line[after] === ',' ? after : unsure('text after a quoted cell')
    }
    end = quote + 2
  }
}
