import { edited, inOrder, lineEndOf, lineStart, nextLine, type TextEdit } from './edit.js'
import { locateToml, type TomlPath, type TomlSpan } from './toml-places.js'

/**
 * Changes to a TOML document as edits of its text: everything else stays as it is written, comments too. Undefined, or no
 * edits, where a value is written in a form that cannot be changed without doubt.
 */
export interface TomlEditor {
  /** Other text for a string, with its quotes as they are where it fits into them. */
  string(path: TomlPath, by: string): TextEdit | undefined
  /** Another value: its TOML. */
  value(path: TomlPath, by: string): TextEdit | undefined
  /** Another name for a key, or several parts instead; quoted where it was, or has to be. */
  key(path: TomlPath, ...by: readonly string[]): TextEdit | undefined
  /** Removes items of an array that has `count` of them. */
  withoutItems(path: TomlPath, removed: ReadonlySet<number>, count: number): readonly TextEdit[] | undefined
  /** Adds items, as TOML, behind the last of the `count` that an array has. */
  withItems(path: TomlPath, count: number, added: readonly string[]): readonly TextEdit[] | undefined
  /** Removes a key with its value, where it has lines of its own. A comment behind it stays. */
  withoutKey(path: TomlPath): TextEdit | undefined
  /** Removes the header of a table, where it has a line of its own. */
  withoutHeader(path: TomlPath): TextEdit | undefined
  /** Adds keys on lines below that of another key. */
  below(path: TomlPath, lines: readonly string[]): TextEdit | undefined
  /** Adds keys on lines below the header of a table. */
  belowHeader(path: TomlPath, lines: readonly string[]): TextEdit | undefined
  /** Replaces `table.key = value` for a table that is only named so, once. */
  dotted(table: TomlPath, key: string, by: string): TextEdit | undefined
}

const BARE = /^[A-Za-z0-9_-]+$/

/** A string in TOML, in the quotes asked for where it fits. */
export function tomlString(text: string, quote: '"' | "'" = '"'): string {
  // TOML forbids control characters in a literal string.
  if (quote === "'" && !/['\u0000-\u0008\u000a-\u001f\u007f]/.test(text)) return `'${text}'`
  // What JSON escapes is what TOML has to; DEL is the one that JSON leaves.
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f')
}

const tomlKey = (name: string): string => (BARE.test(name) ? name : tomlString(name))

export function tomlEditor(text: string): TomlEditor {
  const places = locateToml(text)
  const eol = lineEndOf(text)

  const valueSpan = (path: TomlPath): TomlSpan | undefined => {
    const span = places.span(path)
    return span && !span.names ? span : undefined
  }

  /** Is there nothing but spaces before an offset in its line? */
  const begins = (at: number) => text.slice(lineStart(text, at), at).trim() === ''
  /** The rest of the line behind an offset: an empty text, a comment, or something else. */
  const rest = (at: number) => text.slice(at, nextLine(text, at)).trim()

  /** What removes lines that begin at one offset and whose last ends at another; a comment behind stays on its line. */
  function wholeLines(start: number, end: number): TextEdit | undefined {
    const behind = rest(end)
    if (!begins(start) || (behind !== '' && !behind.startsWith('#'))) return undefined
    if (behind !== '') return { start, end: text.indexOf('#', end), text: '' }
    const from = lineStart(text, start)
    const to = nextLine(text, end)
    // The last line of a text without a final line end: the one before becomes the last, and keeps its form.
    if (to === text.length && !text.endsWith('\n') && from > 0)
      return { start: from - (text[from - 2] === '\r' ? 2 : 1), end: to, text: '' }
    return { start: from, end: to, text: '' }
  }

  function addLines(at: number, indent: string, lines: readonly string[]): TextEdit {
    const end = nextLine(text, at)
    const added = lines.map(line => `${indent}${line}`).join(eol)
    return end === text.length && !text.endsWith('\n')
      ? { start: end, end, text: `${eol}${added}` }
      : { start: end, end, text: `${added}${eol}` }
  }

  return {
    string(path, by) {
      const span = valueSpan(path)
      const quote = span && text[span.start]
      if (!span || (quote !== '"' && quote !== "'")) return undefined
      if (text.startsWith(quote.repeat(3), span.start) && /[\r\n]/.test(text.slice(span.start, span.end)))
        return undefined
      return { start: span.start, end: span.end, text: tomlString(by, quote) }
    },
    value(path, by) {
      const span = valueSpan(path)
      return span && { start: span.start, end: span.end, text: by }
    },
    key(path, ...by) {
      const span = places.span(path)
      if (!span) return undefined
      const [start, end] = span.names === 'part' ? [span.start, span.end] : [span.keyStart, span.keyEnd]
      if (start < 0) return undefined
      const quote = text[start]
      const quoted = quote === '"' || quote === "'"
      return { start, end, text: by.map(part => (quoted ? tomlString(part, quote) : tomlKey(part))).join('.') }
    },
    withoutItems(path, removed, count) {
      const array = valueSpan(path)
      if (!array || text[array.start] !== '[') return undefined
      const items = Array.from({ length: count }, (_, index) => places.span([...path, index]))
      if (!items.every(item => item !== undefined)) return undefined
      const edits = inOrder(withoutItems(text, array, items, removed))
      return edits && leavesOthers(text, path, array, items, removed, edits)
        ? edits
        : bareItems(text, array, items, removed)
    },
    withItems(path, count, added) {
      const array = valueSpan(path)
      const last = places.span([...path, count - 1])
      if (!array || text[array.start] !== '[' || !last || last.names) return undefined
      const { end } = last
      const comma = commaAfter(text, end, array.end - 1)
      const behind = rest(comma ?? end)
      const hasOwnLine = begins(last.start) && !text.slice(end, comma ?? end).includes('\n')
      if (!hasOwnLine || (behind !== '' && !behind.startsWith('#')))
        return [{ start: end, end, text: `, ${added.join(', ')}` }]
      const indent = text.slice(lineStart(text, last.start), last.start)
      const lines = added.map(
        (one, i) => `${indent}${one}${i < added.length - 1 || comma !== undefined ? ',' : ''}${eol}`,
      )
      const below = nextLine(text, end)
      return [
        ...(comma === undefined ? [{ start: end, end, text: ',' }] : []),
        { start: below, end: below, text: lines.join('') },
      ]
    },
    withoutKey(path) {
      const span = valueSpan(path)
      return span && wholeLines(span.keyStart, span.end)
    },
    withoutHeader(path) {
      const span = places.span(path)
      return span?.names === 'header' ? wholeLines(span.start, span.end) : undefined
    },
    below(path, lines) {
      const span = valueSpan(path)
      if (!span || span.keyStart < 0) return undefined
      const behind = rest(span.end)
      const start = lineStart(text, span.keyStart)
      // In an inline table there are no lines.
      if (behind !== '' && !behind.startsWith('#')) return undefined
      const before = text.slice(start, span.keyStart)
      if (!/^[ \t]*$/.test(before)) return undefined
      return addLines(span.end, before, lines)
    },
    belowHeader(path, lines) {
      const span = places.span(path)
      return span?.names === 'header' && begins(span.start) ? addLines(span.end, '', lines) : undefined
    },
    dotted(table, key, by) {
      const name = places.span(table)
      const span = valueSpan([...table, key])
      if (name?.names !== 'part' || !span || !/^\s*\.\s*$/.test(text.slice(name.end, span.keyStart))) return undefined
      return { start: name.start, end: span.end, text: by }
    },
  }
}

/** Offset behind the comma that follows an item; undefined where none does. Comments and line ends may stand before it. */
function commaAfter(text: string, from: number, limit: number): number | undefined {
  for (let at = from; at < limit; at++) {
    const char = text[at]
    if (char === ',') return at + 1
    if (char === '#') at = nextLine(text, at) - 1
  }
  return undefined
}

/** Are the other items and all comments there after the edits? */
function leavesOthers(
  text: string,
  path: TomlPath,
  array: TomlSpan,
  items: readonly TomlSpan[],
  removed: ReadonlySet<number>,
  edits: readonly TextEdit[],
): boolean {
  const after = edited(text, edits)
  const places = locateToml(after)
  const now = places.span(path)
  const kept = items.filter((_, index) => !removed.has(index))
  const found = kept.map((_, index) => places.span([...path, index]))
  if (!now || !found.every(item => item !== undefined) || places.span([...path, kept.length])) return false
  const same = kept.every(({ start, end }, i) => text.slice(start, end) === after.slice(found[i]!.start, found[i]!.end))
  return same && marksBetween(text, array, items) === marksBetween(after, now, found)
}

/** Number signs of an array that are not in its items. */
function marksBetween(text: string, array: TomlSpan, items: readonly TomlSpan[]): number {
  const count = ({ start, end }: TomlSpan) => text.slice(start, end).split('#').length - 1
  return items.reduce((left, item) => left - count(item), count(array))
}

/** Takes nothing away but the items and their commas: right however the array is written. */
function bareItems(
  text: string,
  array: TomlSpan,
  items: readonly TomlSpan[],
  removed: ReadonlySet<number>,
): readonly TextEdit[] {
  return [...removed].flatMap(index => {
    const { start, end } = items[index]!
    const comma = commaAfter(text, end, array.end - 1)
    return [{ start, end, text: '' }, ...(comma === undefined ? [] : [{ start: comma - 1, end: comma, text: '' }])]
  })
}

/** Items that begin or end on one line, from the first to the last of them. */
interface Row {
  readonly from: number
  readonly to: number
}

function rowsOf(text: string, items: readonly TomlSpan[]): readonly Row[] {
  const rows: Row[] = []
  for (const [index, { start }] of items.entries()) {
    const last = rows.at(-1)
    const before = items[index - 1]
    if (last && before && !text.slice(before.end, start).includes('\n')) rows[rows.length - 1] = { ...last, to: index }
    else rows.push({ from: index, to: index })
  }
  return rows
}

function withoutItems(
  text: string,
  array: TomlSpan,
  items: readonly TomlSpan[],
  removed: ReadonlySet<number>,
): readonly TextEdit[] {
  const inner = array.end - 1
  const lastKept = items.findLastIndex((_, index) => !removed.has(index))
  const hadFinalComma = items.length > 0 && commaAfter(text, items.at(-1)!.end, inner) !== undefined
  const edits: TextEdit[] = []

  for (const { from, to } of rowsOf(text, items)) {
    const indexes = Array.from({ length: to - from + 1 }, (_, i) => from + i)
    if (!indexes.some(index => removed.has(index))) continue
    const kept = indexes.filter(index => !removed.has(index))
    const start = items[from]!.start
    const comma = commaAfter(text, items[to]!.end, inner)
    const onLine = comma !== undefined && !text.slice(items[to]!.end, comma).includes('\n')
    const end = onLine ? comma : items[to]!.end
    if (kept.length > 0) {
      const between = (index: number) => text.slice(items[index - 1]!.end, items[index]!.start)
      const joined = kept.map((index, i) => {
        const { start: first, end: last } = items[index]!
        return (i > 0 ? between(index) : '') + text.slice(first, last)
      })
      const tail = onLine && (kept.at(-1) !== lastKept || hadFinalComma) ? ',' : ''
      edits.push({ start, end, text: joined.join('') + tail })
      continue
    }
    edits.push(withoutRow(text, array, items, { from, to }, start, end))
  }
  const last = items[lastKept]
  const afterKept = last && commaAfter(text, last.end, inner)
  // The new last item has a comma behind it as the old one had.
  const isInRow = edits.some(edit => last !== undefined && edit.start <= last.start && edit.end >= last.end)
  if (last && afterKept !== undefined && lastKept < items.length - 1 && !hadFinalComma && !isInRow) {
    const before = edits.find(edit => edit.start <= afterKept - 1 && edit.end >= afterKept)
    if (!before) edits.push({ start: afterKept - 1, end: afterKept, text: '' })
  }
  return edits
}

/** A row of which nothing stays. */
function withoutRow(
  text: string,
  array: TomlSpan,
  items: readonly TomlSpan[],
  { from, to }: Row,
  start: number,
  end: number,
): TextEdit {
  const isComment = (first: number, last: number) => text.slice(first, last).includes('#')
  const line = lineStart(text, start)
  const before = text.slice(Math.max(line, array.start + 1), start)
  const after = nextLine(text, end)
  const behind = text.slice(end, Math.min(after, array.end - 1))
  const opensHere = array.start >= line
  const closesHere = array.end - 1 < after
  const comment = behind.indexOf('#')
  if (!opensHere && !closesHere && before.trim() === '')
    return comment < 0 ? { start: line, end: after, text: '' } : { start, end: end + comment, text: '' }
  const next = items[to + 1]
  if (opensHere && next && !isComment(end, next.start)) return { start, end: next.start, text: '' }
  const previous = items[from - 1]
  if (closesHere && previous && !opensHere && !isComment(previous.end, start))
    return { start: previous.end, end, text: '' }
  if (opensHere && closesHere && comment < 0 && before.trim() === '')
    return { start: array.start + 1, end: array.end - 1, text: '' }
  return { start, end, text: '' }
}
