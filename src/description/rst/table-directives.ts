import { csvRows } from './csv.js'
import type { DirectiveBlock, Shape } from './directive-block.js'
import { readInline } from './inline.js'
import { classes, count, lengthOrPercentage, type OptionSpec, oneOf, positive, something } from './options.js'
import type { Reader } from './reader.js'
import { node } from './tree.js'
import { unsure } from './unsure.js'

// `table`, `list-table` and `csv-table`.

const OPTIONS: OptionSpec = {
  class: classes,
  name: something,
  align: oneOf('left', 'center', 'right'),
  width: lengthOrPercentage,
  widths: value => value === 'auto' || (value !== undefined && widthsOf(value).every(positive)),
}
const ROWS: OptionSpec = { ...OPTIONS, 'header-rows': count }

const shape = (options: OptionSpec): Shape => ({ args: [0, 1], isTextual: true, options, hasContent: true })

export const TABLE_SHAPE = shape(OPTIONS)
export const LIST_SHAPE = shape({ ...ROWS, 'stub-columns': count })
export const CSV_SHAPE = shape({ ...ROWS, header: something })

const widthsOf = (value: string) => value.split(value.includes(',') ? ',' : /\s+/).map(width => width.trim())

function title(reader: Reader, { args, content }: DirectiveBlock): void {
  if (content.length === 0) unsure('directive without content')
  if (args[0] !== undefined) readInline(reader, args[0])
}

function checkColumns({ options }: DirectiveBlock, columns: number): void {
  const widths = options.get('widths')
  if (widths !== undefined && widths !== 'auto' && widthsOf(widths).length !== columns) unsure('widths of columns')
  // Columns share 100 %.
  if (columns < 1 || columns > 100) unsure('number of columns')
}

/** A title for one table. */
export function table(reader: Reader, block: DirectiveBlock): void {
  title(reader, block)
  const [only, ...others] = reader.nest(reader, block.content)
  if (others.length > 0 || only?.kind !== 'table') unsure('one table expected')
  checkColumns(block, only.columns ?? 0)
  reader.node.children.push(only)
}

/** Rows are the items of a list, and cells the items of a list in each. */
export function listTable(reader: Reader, block: DirectiveBlock): void {
  title(reader, block)
  const [only, ...others] = reader.nest(reader, block.content)
  if (others.length > 0 || only?.kind !== 'bullet_list') unsure('one list expected')
  const rows = only.children.map(({ children: [cells, ...more] }) =>
    more.length === 0 && cells?.kind === 'bullet_list' ? cells.children.length : unsure('list of lists expected'),
  )
  const columns = rows[0] ?? 0
  if (rows.some(cells => cells !== columns)) unsure('rows of one length expected')
  checkColumns(block, columns)
  checkRows(block, rows.length)
  if (Number(block.options.get('stub-columns') ?? 0) >= columns) unsure('stub columns')
  reader.node.children.push(node('table', [only]))
}

function checkRows({ options }: DirectiveBlock, rows: number): void {
  const headers = Number(options.get('header-rows') ?? 0)
  if (headers > 0 && headers >= rows) unsure('header rows')
}

export function csvTable(reader: Reader, block: DirectiveBlock): void {
  title(reader, block)
  const header = block.options.get('header')
  const head = header === undefined ? [] : csvRows(header.split('\n'))
  const body = csvRows(block.content)
  const rows = [...head, ...body]
  checkColumns(
    block,
    rows.reduce((most, row) => Math.max(most, row.length), 0),
  )
  checkRows(block, body.length)
  const cells = rows.flat().filter(cell => cell !== '')
  reader.node.children.push(
    node(
      'table',
      cells.map(cell => node('entry', reader.nest(reader, [cell]))),
    ),
  )
}
