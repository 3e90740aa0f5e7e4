import { afterLineEnd, type Lines } from './lines.js'

/** Longest field that Python's csv module reads, in characters. */
const CSV_FIELD_LIMIT = 131_072

export interface CsvRow {
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
 *
 * `blank` is the first row without a field, as csv reads `text.splitlines()`: PyPI reads RECORD so, and fails on such a row.
 */
export function readCsv(text: string, lines: Lines, maxRows: number, take: (row: CsvRow) => void) {
  let rows = 0
  let blank: number | undefined
  const problems: CsvProblem[] = []
  const noted = new Set<string>()
  const note = (kind: CsvProblem['kind'], find: () => Span) => {
    if (noted.has(kind)) return
    noted.add(kind)
    const { start, end } = find()
    problems.push({ kind, ...lines.position(start), mark: text.slice(start, end) })
  }
  let at = 0
  while (at < text.length && rows < maxRows) {
    const row = readRow(text, at)
    rows++
    if (row.fields.length === 0) blank ??= at
    take({ start: at, fields: row.fields })
    for (const [i, field] of row.fields.entries()) {
      if (field.includes('\0')) note('nul', () => spanAt(text.indexOf('\0', at), 1))
      if (field.length > CSV_FIELD_LIMIT && [...field].length > CSV_FIELD_LIMIT)
        note('field-too-long', () => fieldSpans(text, at)[i] ?? spanAt(at, 0))
    }
    if (row.unclosed) note('unclosed-quote', () => spanAt(fieldSpans(text, at).at(-1)?.start ?? at, 1))
    at = afterLineEnd(text, row.end)
  }
  const first = MORE_ENDS.test(text) ? firstBlank(text.replace(SPLITLINES_ENDS, '\n')) : blank
  return { problems, cut: at < text.length, blank: first === undefined ? undefined : lines.position(first) } as const
}

/** What ends a line for Python's `str.splitlines`, and not for csv. */
const MORE_ENDS = /[\v\f\x1c-\x1e\x85\u2028\u2029]/
/** The same, and a CR before it, which must not become one end with the LF that replaces it. */
const SPLITLINES_ENDS = /\r(?=[\v\f\x1c-\x1e\x85\u2028\u2029])|[\v\f\x1c-\x1e\x85\u2028\u2029]/g

function firstBlank(text: string): number | undefined {
  for (let at = 0; at < text.length; ) {
    const { fields, end } = readRow(text, at)
    if (fields.length === 0) return at
    at = afterLineEnd(text, end)
  }
  return undefined
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
  const state = { at: from, unclosed: false }
  do {
    const start = state.at
    readField(text, state)
    spans.push({ start, end: state.at })
  } while (text[state.at++] === ',')
  return spans
}

/** One row from `from`; `end` is its line end. */
function readRow(text: string, from: number) {
  const fields: string[] = []
  if (text[from] === '\n' || text[from] === '\r') return { fields, end: from, unclosed: false }
  const state = { at: from, unclosed: false }
  do {
    const field = readField(text, state)
    if (fields.length < MAX_FIELDS) fields.push(field)
  } while (text[state.at++] === ',')
  return { fields, end: state.at - 1, unclosed: state.unclosed }
}

interface State {
  at: number
  unclosed: boolean
}

function readField(text: string, state: State): string {
  let value = ''
  if (text[state.at] === '"') {
    state.at++
    for (;;) {
      const quote = text.indexOf('"', state.at)
      const end = quote < 0 ? text.length : quote
      value += text.slice(state.at, end)
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
