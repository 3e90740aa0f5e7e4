import { BULLET, classify, FIELD, LINE_BLOCK, OPTIONS } from './classify.js'
import { isFollowedBy, readEnumerator } from './enumerator.js'
import { readInline } from './inline.js'
import { type Indented, indentedLines, indentOf, withoutTop } from './lines.js'
import { note, type Reader } from './reader.js'
import { type Kind, type Node, node } from './tree.js'
import { unsure } from './unsure.js'

// Lists: items until something else comes, which needs a blank line before it.

interface Item {
  readonly node: Node
  readonly next: number
  readonly isFinished: boolean
}

/** Reads items while `readItem` finds one; the first one has to be there. */
export function list(reader: Reader, kind: Kind, at: number, readItem: (at: number) => Item | undefined): number {
  const items: Node[] = []
  let next = at
  let isFinished = true
  for (;;) {
    let place = next
    while (reader.lines[place] === '') place++
    const item = place < reader.lines.length ? readItem(place) : undefined
    if (!item) {
      if (!isFinished) unsure(`${kind} ends without a blank line`)
      reader.node.children.push(node(kind, items))
      return place
    }
    items.push(item.node)
    next = item.next
    isFinished = item.isFinished
  }
}

function itemOf(reader: Reader, { lines, next, isFinished }: Indented): Item {
  return { node: node('list_item', reader.nest(reader, withoutTop(lines))), next, isFinished }
}

/** The item whose text begins at a column of its first line, or on the next line. */
function listItem(reader: Reader, at: number, first: number): Item {
  const isFilled = reader.lines[at]!.length > first
  return itemOf(reader, indentedLines(reader.lines, at, isFilled ? { first, known: first } : { first }))
}

export function bulletList(reader: Reader, at: number): number {
  const bullet = reader.lines[at]![0]
  return list(reader, 'bullet_list', at, place => {
    const line = reader.lines[place]!
    const mark = line[0] === bullet ? BULLET.exec(line)?.[0] : undefined
    return mark === undefined ? undefined : listItem(reader, place, mark.length)
  })
}

/** Undefined when the line is not an item, but text. */
export function enumeratedList(reader: Reader, at: number): number | undefined {
  const first = readEnumerator(reader.lines[at]!)
  if (!first || !isFollowedBy(first, reader.lines[at + 1])) return undefined
  const type = first.sequence === '#' ? 'arabic' : first.sequence
  let isAuto = first.sequence === '#'
  let last: number | undefined
  const next = list(reader, 'enumerated_list', at, place => {
    const line = reader.lines[place]!
    const one = place === at ? first : readEnumerator(line, type)
    if (!one) return undefined
    if (place !== at) {
      if (one.format !== first.format || !isFollowedBy(one, reader.lines[place + 1])) return undefined
      if (one.sequence !== '#' && (one.sequence !== type || isAuto || one.ordinal !== (last ?? 0) + 1)) return undefined
    }
    isAuto ||= one.sequence === '#'
    last = one.ordinal
    return listItem(reader, place, one.length)
  })
  if (first.ordinal !== 1) note(reader)
  return next
}

export function fieldList(reader: Reader, at: number): number {
  return list(reader, 'field_list', at, place => {
    const mark = FIELD.exec(reader.lines[place]!)?.[0]
    if (mark === undefined) return undefined
    const { lines, next, isFinished } = indentedLines(reader.lines, place, { first: mark.length })
    const name = readInline(reader, mark.slice(1, mark.lastIndexOf(':')))
    const children = reader.nest(reader, withoutTop(lines))
    return {
      node: { kind: 'field', children, name: name.isPlain ? name.text : undefined },
      next,
      isFinished,
    }
  })
}

/** Undefined when the first line is not an item, but text: an option needs a description. */
export function optionList(reader: Reader, at: number): number | undefined {
  const readItem = (place: number) => {
    const mark = OPTIONS.exec(reader.lines[place]!)?.[0]
    if (mark === undefined || classify(reader.lines[place]!) !== 'option') return undefined
    // Arguments in angle brackets may hold what divides options.
    if (/<[^<>]*[,=]/.test(mark)) unsure('option argument')
    const indented = indentedLines(reader.lines, place, { first: mark.length })
    return withoutTop(indented.lines).length === 0 ? undefined : indented
  }
  if (!readItem(at)) return undefined
  return list(reader, 'option_list', at, place => {
    const found = readItem(place)
    return found && itemOf(reader, found)
  })
}

const MAX_LINE_INDENT = 40

export function lineBlock(reader: Reader, at: number): number {
  let place = at
  for (;;) {
    const mark = LINE_BLOCK.exec(reader.lines[place]!)?.[0]
    if (mark === undefined) unsure('line block ends without a blank line')
    // docutils calls itself for each step of indentation.
    if (mark.length > MAX_LINE_INDENT) unsure('deeply nested')
    const { lines, next, isFinished } = indentedLines(reader.lines, place, { first: mark.length, untilBlank: true })
    readInline(reader, withoutTop(lines).join('\n'))
    if (isFinished) {
      reader.node.children.push(node('line_block'))
      return next
    }
    place = next
  }
}

const ATTRIBUTION = /^(?:---?(?!-)|\u2014) *(?=[^ \n])/

export function blockQuote(reader: Reader, at: number): number {
  const { lines, next, isFinished } = indentedLines(reader.lines, at, {})
  quote(reader, lines)
  if (!isFinished) unsure('block quote ends without a blank line')
  return next
}

/** A quotation, with its attribution if there is one, and after that another quotation. */
export function quote(reader: Reader, lines: readonly string[]): void {
  let start = 0
  while (start < lines.length) {
    if (lines[start] === '') {
      start++
      continue
    }
    const found = findAttribution(lines, start)
    reader.node.children.push(node('block_quote', reader.nest(reader, lines.slice(start, found?.from))))
    if (!found) return
    readInline(reader, found.text)
    start = found.end
  }
}

interface Attribution {
  readonly from: number
  readonly end: number
  readonly text: string
}

/** The first line after a blank one that begins with a dash, and the lines after it, which must have one indentation. */
function findAttribution(lines: readonly string[], start: number): Attribution | undefined {
  for (let from = start + 1; from < lines.length; from++) {
    if (lines[from] === '' || lines[from - 1] !== '') continue
    const mark = ATTRIBUTION.exec(lines[from]!)?.[0]
    if (mark === undefined) continue
    let end = from + 1
    while (end < lines.length && lines[end] !== '') end++
    const rest = lines.slice(from + 1, end)
    const indent = indentOf(rest[0] ?? '')
    if (rest.some(line => indentOf(line) !== indent)) continue
    const text = [lines[from]!.slice(mark.length), ...rest.map(line => line.slice(indent))].join('\n')
    return { from, end, text }
  }
  return undefined
}
