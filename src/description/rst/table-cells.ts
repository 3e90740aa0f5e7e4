import { indentOf } from './lines.js'
import type { Reader } from './reader.js'
import { type Node, node } from './tree.js'
import { unsure } from './unsure.js'

/** A line of a table, one column an entry. */
export type Row = readonly string[]

/** Reads the content of a cell, which lies between two columns of some lines. */
export function fillCells(reader: Reader, rows: readonly Row[], left: number, right: number): Node[] {
  const lines = rows.map(row => {
    // The second half of a wide character.
    if (row[left] === '') unsure('border through a wide character')
    return row.slice(left, right).join('').trimEnd()
  })
  const filled = lines.filter(line => line !== '')
  if (filled.length === 0) return []
  const indent = filled.reduce((least, line) => Math.min(least, indentOf(line)), right)
  const isCut = indent > 0 && indent < right
  return [node('entry', reader.nest(reader, isCut ? lines.map(line => line.slice(indent)) : lines))]
}
