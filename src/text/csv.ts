/** Longest field that Python's csv module reads, in characters. */
const CSV_FIELD_LIMIT = 131_072

export interface CsvRow {
  /** 1-based line on which the row begins. */
  readonly line: number
  /** Where the row begins in the text. */
  readonly start: number
  /** No field at all for a blank line. */
  readonly fields: readonly string[]
}

export interface CsvProblem {
  readonly kind: 'nul' | 'field-too-long' | 'unclosed-quote'
  readonly line: number
  /** 1-based, in UTF-16 code units. */
  readonly column: number
  /** What stands there. */
  readonly mark: string
}

/** Fields of one row that are kept; the number of all is not needed beyond that. */
const MAX_FIELDS = 1000

/**
 * Reads text as Python's csv module does (default dialect, file opened with newline=''): lines end with LF, CR LF or a lone
 * CR; a quote opens a field only at its beginning; after a closing quote the rest of the field is taken as it is. A NUL and a
 * field that is too long are noted where csv stops or stopped with an error, and reading goes on. Each row goes to `take`.
 */
export function readCsv(text: string, maxRows: number, take: (row: CsvRow) => void) {
  let rows = 0
  const problems: CsvProblem[] = []
  const noted = new Set<string>()
  const note = (kind: CsvProblem['kind'], find: () => Span) => {
    if (noted.has(kind)) return
    noted.add(kind)
    const { start, end } = find()
    problems.push({ kind, ...placeIn(text, { line, start: at }, start), mark: text.slice(start, end) })
  }
  let at = 0
  let line = 1
  while (at < text.length && rows < maxRows) {
    const row =
      text[at] === '\n' || text[at] === '\r' ? { fields: [], end: at, lines: 0, unclosed: false } : readRow(text, at)
    rows++
    take({ line, start: at, fields: row.fields })
    for (const [i, field] of row.fields.entries()) {
      if (field.includes('\0')) note('nul', () => spanAt(text.indexOf('\0', at), 1))
      if (field.length > CSV_FIELD_LIMIT && [...field].length > CSV_FIELD_LIMIT)
        note('field-too-long', () => fieldSpans(text, at)[i] ?? spanAt(at, 0))
    }
    if (row.unclosed) note('unclosed-quote', () => spanAt(fieldSpans(text, at).at(-1)?.start ?? at, 1))
    at = afterLineEnd(text, row.end)
    line += row.lines + 1
  }
  return { problems, cut: at < text.length } as const
}

/** Offsets of what is written, quotes included; `end` is after it. */
export interface Span {
  readonly start: number
  readonly end: number
}

const spanAt = (start: number, length: number): Span => ({ start, end: start + length })

/** Where the fields of the row at `from` stand. */
export function fieldSpans(text: string, from: number): readonly Span[] {
  const spans: Span[] = []
  const state = { at: from, lines: 0, unclosed: false }
  do {
    const start = state.at
    readField(text, state)
    spans.push({ start, end: state.at })
  } while (text[state.at++] === ',')
  return spans
}

/** Line and column of an offset inside a row. */
export function placeIn(text: string, row: Pick<CsvRow, 'line' | 'start'>, offset: number) {
  let { line, start } = row
  for (const end of text.slice(start, offset).matchAll(LINE_END)) {
    line++
    start = row.start + end.index + end[0].length
  }
  return { line, column: offset - start + 1 }
}

/** One row from `from`; `end` is its line end, `lines` the number of line ends inside quotes. */
function readRow(text: string, from: number) {
  const fields: string[] = []
  const state = { at: from, lines: 0, unclosed: false }
  do {
    const field = readField(text, state)
    if (fields.length < MAX_FIELDS) fields.push(field)
  } while (text[state.at++] === ',')
  return { fields, end: state.at - 1, lines: state.lines, unclosed: state.unclosed }
}

interface State {
  at: number
  lines: number
  unclosed: boolean
}

function readField(text: string, state: State): string {
  let value = ''
  if (text[state.at] === '"') {
    state.at++
    for (;;) {
      const quote = text.indexOf('"', state.at)
      const end = quote < 0 ? text.length : quote
      const part = text.slice(state.at, end)
      value += part
      state.lines += lineEnds(part)
      state.at = end + 1
      if (quote < 0) {
        state.at = end
        state.unclosed = true
        return value
      }
      if (text[state.at] !== '"') break
      value += '"'
      state.at++
    }
  }
  const start = state.at
  while (state.at < text.length) {
    const char = text[state.at]
    if (char === ',' || char === '\n' || char === '\r') break
    state.at++
  }
  return value + text.slice(start, state.at)
}

const LINE_END = /\r\n|\r|\n/g

const lineEnds = (text: string) => text.match(LINE_END)?.length ?? 0

function afterLineEnd(text: string, at: number): number {
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
}
