import type { Place } from '../finding.js'
import { type CsvRow, fieldSpans, readCsv, type Span } from '../text/csv.js'
import type { Kept } from '../text/file.js'
import { type Lines, linesOf } from '../text/lines.js'
import { badCharacter, decodeUtf8, startsWithBom, wholeLines } from '../text/utf8.js'

/** A column of RECORD, one side of the `=` in the hash, or the columns that no row has. */
export type RecordColumn = 'path' | 'hash' | 'algorithm' | 'digest' | 'size' | 'rest'

/** One row of RECORD. As a place, it is that of its path. */
export interface RecordRow extends Place {
  readonly member: string
  readonly line: number
  readonly field: 'files'
  /** First column as written. */
  readonly value: string
  /** Path with `\` as `/` and a leading `./` dropped: compare this with member paths. */
  readonly path: string
  /** Hash column as written, '' when empty. */
  readonly hash: string
  readonly algorithm: string | undefined
  readonly digest: string | undefined
  /** Size column as written. */
  readonly size: string
  /** Number of columns in the row. */
  readonly columns: number
  /** Where a column stands, inside its quotes. An empty one has an empty mark, and one that is missing has it at the end. */
  at(column: RecordColumn): Place
}

/** `{dist-info}/RECORD`, read as Python's csv module does (default dialect). */
export interface RecordFile {
  readonly member: string
  /** The text, without the line that the limit cuts. */
  readonly text: string
  readonly rows: readonly RecordRow[]
  readonly utf8: boolean
  /** The first character that is not UTF-8. */
  readonly bad: Place | undefined
  readonly bom: boolean
  /** What csv refuses: NUL, a field over 131,072 characters, an unclosed quote. */
  readonly problems: readonly (Place & { readonly kind: 'nul' | 'field-too-long' | 'unclosed-quote' | 'blank-line' })[]
  readonly cut: boolean
  /** First row for a path. */
  row(path: string): RecordRow | undefined
}

/** Rows that are read: a fifth more than an archive may have members. */
const MAX_ROWS = 120_000

/** Reads RECORD. Never throws. */
export function parseRecord({ member, bytes: read, cut }: Kept): RecordFile {
  const bytes = wholeLines(read, cut)
  const { text, utf8 } = decodeUtf8(bytes)
  const rows: RecordRow[] = []
  const file = { member, text, lines: linesOf(text) }
  const csv = readCsv(text, file.lines, MAX_ROWS, row => {
    if (row.fields.length > 0) rows.push(new Row(file, row))
  })
  const problems: RecordFile['problems'][number][] = csv.problems
    // What ends a quote may stand behind the limit.
    .filter(({ kind }) => !cut || kind !== 'unclosed-quote')
    .map(problem => ({ member, ...problem }))
  if (csv.blank) problems.push({ kind: 'blank-line', member, line: csv.blank.line })
  const byPath = new Map<string, RecordRow>()
  for (const row of rows) if (!byPath.has(row.path)) byPath.set(row.path, row)
  return {
    member,
    text,
    rows,
    utf8,
    bad: utf8 ? undefined : { member, ...badCharacter(bytes) },
    bom: startsWithBom(bytes),
    problems,
    cut: cut || csv.cut,
    row: path => byPath.get(path),
  }
}

interface Written {
  readonly member: string
  readonly text: string
  readonly lines: Lines
}

/**
 * A class, as what all rows share and what is seldom asked for would be half of the memory of a long RECORD: where the columns
 * stand is read anew from the text.
 */
class Row implements RecordRow {
  readonly value: string
  readonly path: string
  readonly hash: string
  readonly size: string
  readonly columns: number
  private readonly file: Written
  private readonly start: number

  constructor(file: Written, { start, fields }: CsvRow) {
    const [value = '', hash = '', size = ''] = fields
    this.value = value
    this.path = value.replaceAll('\\', '/').replace(/^\.\//, '')
    this.hash = hash
    this.size = size
    this.columns = fields.length
    this.file = file
    this.start = start
  }

  get member(): string {
    return this.file.member
  }

  get line(): number {
    return this.file.lines.position(this.start).line
  }

  get field() {
    return 'files' as const
  }

  get column(): number | undefined {
    return this.at('path').column
  }

  get mark(): string | undefined {
    return this.at('path').mark
  }

  get algorithm(): string | undefined {
    const equals = this.hash.indexOf('=')
    return equals < 0 ? undefined : this.hash.slice(0, equals)
  }

  get digest(): string | undefined {
    const equals = this.hash.indexOf('=')
    return equals < 0 ? undefined : this.hash.slice(equals + 1)
  }

  at(column: RecordColumn): Place {
    const { member, text, lines } = this.file
    const { start, end } = this.span(column)
    const { field, value } = this
    return {
      member,
      ...lines.position(start),
      field,
      value,
      mark: text.slice(start, end),
    }
  }

  private span(column: RecordColumn): Span {
    const { text } = this.file
    const spans = fieldSpans(text, this.start)
    // An unclosed quote takes in the ends of lines.
    const last = this.start + text.slice(this.start, spans.at(-1)?.end).trimEnd().length
    const missing = { start: last, end: last }
    if (column === 'rest') return { ...(spans[3] ?? missing), end: last }
    const index = column === 'path' ? 0 : column === 'size' ? 2 : 1
    const span = unquoted(text, spans[index] ?? missing)
    if (column !== 'algorithm' && column !== 'digest') return span
    const equals = text.slice(span.start, span.end).indexOf('=')
    if (equals < 0) return span
    return column === 'digest' ? { ...span, start: span.start + equals + 1 } : { ...span, end: span.start + equals }
  }
}

/** Inside the quotes of a field that is quoted as a whole. */
function unquoted(text: string, { start, end }: Span): Span {
  const isWhole = end - start > 1 && text[start] === '"' && text[end - 1] === '"'
  const inner = { start: start + 1, end: end - 1 }
  return isWhole && !text.slice(inner.start, inner.end).replaceAll('""', '').includes('"') ? inner : { start, end }
}
