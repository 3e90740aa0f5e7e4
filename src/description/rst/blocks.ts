import { classify } from './classify.js'
import { explicitMarkup } from './explicit.js'
import { gridTable } from './grid-table.js'
import { blockQuote, bulletList, enumeratedList, fieldList, lineBlock, optionList } from './lists.js'
import { nestedReader, type Reader } from './reader.js'
import { simpleTable } from './simple-table.js'
import { overline, text } from './text.js'
import { type Node, node } from './tree.js'

// The state machine of docutils/parsers/rst/states.py, one construct after the other.

/** Reads all lines of the reader. */
export function readBlocks(reader: Reader): void {
  for (let at = 0; at < reader.lines.length; ) at = readBlock(reader, at)
}

/** Reads the lines of a nested element. */
export function nest(reader: Reader, lines: readonly string[]): Node[] {
  const parent = node('element')
  readBlocks(nestedReader(reader, lines, parent))
  return parent.children
}

/** Reads the construct that begins at a line; gives the line after it. */
function readBlock(reader: Reader, at: number): number {
  const line = reader.lines[at]!
  if (line === '') return at + 1
  if (line[0] === ' ') return blockQuote(reader, at)
  switch (classify(line)) {
    case 'bullet':
      return bulletList(reader, at)
    case 'enumerator':
      return enumeratedList(reader, at) ?? text(reader, at)
    case 'field':
      return fieldList(reader, at)
    case 'option':
      return optionList(reader, at) ?? text(reader, at)
    case 'doctest':
      return doctest(reader, at)
    case 'line block':
      return lineBlock(reader, at)
    case 'grid table':
      return gridTable(reader, at)
    case 'simple table':
      return simpleTable(reader, at)
    case 'explicit':
    case 'anonymous':
      return explicitMarkup(reader, at)
    case 'line':
      return overline(reader, at)
    case 'text':
      return text(reader, at)
  }
}

function doctest(reader: Reader, at: number): number {
  reader.node.children.push(node('doctest_block'))
  const end = reader.lines.indexOf('', at)
  return end < 0 ? reader.lines.length : end
}
