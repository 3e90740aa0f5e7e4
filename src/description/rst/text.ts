import { normalizeName } from './characters.js'
import { classify, LINE } from './classify.js'
import { readInline } from './inline.js'
import { indentedLines } from './lines.js'
import { list } from './lists.js'
import { note, type Reader } from './reader.js'
import { addTarget } from './references.js'
import { node } from './tree.js'
import { unsure } from './unsure.js'
import { columns } from './width.js'

// What a line of text begins: a title, a definition list, or a paragraph, perhaps with a literal block after it.

export function text(reader: Reader, at: number): number {
  const { lines } = reader
  const second = lines[at + 1] ?? ''
  if (second[0] === ' ') return definitionList(reader, at)
  if (LINE.test(second)) {
    const next = underlined(reader, at)
    if (next !== undefined) return next
  }
  let end = at
  while (end < lines.length && lines[end] !== '') {
    if (end > at && lines[end]![0] === ' ') unsure('unexpected indentation')
    end++
  }
  return paragraph(reader, lines.slice(at, end)) ? literalBlock(reader, end) : end
}

const LITERAL_NEXT = /(?<!\\)(?:\\\\)*::$/

/** Gives whether a literal block is announced. */
function paragraph(reader: Reader, lines: readonly string[]): boolean {
  const data = lines.join('\n').trimEnd()
  const isLiteral = data.endsWith('::') && LITERAL_NEXT.test(lines.at(-1)!)
  if (isLiteral && data === '::') return true
  const shown = !isLiteral ? data : /[ \n]/.test(data.at(-3)!) ? data.slice(0, -3).trimEnd() : data.slice(0, -1)
  const inline = readInline(reader, shown)
  reader.node.children.push({ ...node('paragraph'), inline })
  return isLiteral
}

const QUOTE = /^[!-/:-@[-`{-~]/

/** An indented block, or one of which each line begins with the same punctuation. */
function literalBlock(reader: Reader, at: number): number {
  const { lines } = reader
  let start = at
  while (lines[start] === '') start++
  const first = lines[start] ?? unsure('literal block expected')
  let end = start
  if (first[0] === ' ') {
    while (end < lines.length && (lines[end] === '' || lines[end]![0] === ' ')) end++
    if (end < lines.length && lines[end - 1] !== '') unsure('literal block ends without a blank line')
  } else {
    if (!QUOTE.test(first)) unsure('literal block expected')
    for (; end < lines.length && lines[end] !== ''; end++)
      if (lines[end]![0] !== first[0]) unsure('inconsistent literal block quoting')
  }
  reader.node.children.push(node('literal_block'))
  return end
}

function definitionList(reader: Reader, at: number): number {
  return list(reader, 'definition_list', at, place => {
    const line = reader.lines[place]!
    if (place !== at && (line[0] === ' ' || classify(line) !== 'text')) return undefined
    if (reader.lines[place + 1]?.[0] !== ' ') return undefined
    readInline(reader, line)
    const { lines, next, isFinished } = indentedLines(reader.lines, place + 1, {})
    return { node: node('list_item', reader.nest(reader, lines)), next, isFinished }
  })
}

/** A title by its underline; undefined when the underline is too short to be one, so that both are text. */
function underlined(reader: Reader, at: number): number | undefined {
  const title = reader.lines[at]!
  const underline = reader.lines[at + 1]!
  if (!fits(title, underline)) {
    if (underline.length >= 4) unsure('title underline too short')
    if (reader.titles) note(reader)
    return undefined
  }
  section(reader, title, underline[0]!)
  return at + 2
}

/** Is the line as long as the title, for sure? */
function fits(title: string, line: string): boolean {
  const [least, most] = columns(title)
  if (most <= line.length) return true
  return least > line.length ? false : unsure('width of a title')
}

/** A line of punctuation: a transition, the line over a title, or text when it is short. */
export function overline(reader: Reader, at: number): number {
  const { lines } = reader
  const line = lines[at]!
  if (!reader.titles) {
    if (line === '::') return text(reader, at)
    if (line.length >= 4) unsure('unexpected title or transition')
    note(reader)
    return text(reader, at)
  }
  const title = lines[at + 1] ?? ''
  if (title === '') {
    if (line.length < 4) return text(reader, at)
    reader.node.children.push(node('transition'))
    return Math.min(at + 2, lines.length)
  }
  const isTitle = !LINE.test(title) && lines[at + 2] === line && fits(title, line)
  if (!isTitle) {
    if (line.length >= 4) unsure('incomplete title')
    note(reader)
    return text(reader, at)
  }
  section(reader, title.trim(), line[0]!.repeat(2))
  return at + 3
}

/** Sections nest like elements. */
const MAX_LEVEL = 12

function section(reader: Reader, title: string, style: string): void {
  const { titles, references } = reader
  if (!titles) unsure('unexpected title')
  const { styles, open } = titles
  const known = styles.indexOf(style)
  const level = known < 0 ? styles.length : known
  if (level >= open.length || level > MAX_LEVEL) unsure('title levels')
  if (known < 0) styles.push(style)
  const heading = node('title')
  const opened = node('section', [heading])
  open.length = level + 1
  open[level]!.children.push(opened)
  open.push(opened)
  const before = references.messages
  const { text: shown } = readInline(reader, title)
  if (references.messages > before) unsure('duplicate name in a title')
  reader.node = opened
  if (addTarget(references, normalizeName(shown), { isExplicit: false })) note(reader)
}
