import type { Place } from '../finding.js'
import { firstBlankRow } from '../text/blank-row.js'
import { type CsvRow, readCsv } from '../text/csv.js'
import type { Kept } from '../text/file.js'
import { decodeUtf8, startsWithBom, wholeCharacters } from '../text/utf8.js'

/** One row of RECORD. */
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
}

/** `{dist-info}/RECORD`, read as Python's csv module does (default dialect). */
export interface RecordFile {
  readonly member: string
  readonly rows: readonly RecordRow[]
  readonly utf8: boolean
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
  const bytes = wholeCharacters(read, cut)
  const { text, utf8 } = decodeUtf8(bytes)
  const rows: RecordRow[] = []
  const csv = readCsv(text, MAX_ROWS, row => {
    if (row.fields.length > 0) rows.push(new Row(member, row))
  })
  const problems: RecordFile['problems'][number][] = csv.problems.map(problem => ({ member, ...problem }))
  const blank = firstBlankRow(text)
  if (blank !== undefined) problems.push({ kind: 'blank-line', member, line: blank })
  const byPath = new Map<string, RecordRow>()
  for (const row of rows) if (!byPath.has(row.path)) byPath.set(row.path, row)
  return {
    member,
    rows,
    utf8,
    bom: startsWithBom(bytes),
    problems,
    cut: cut || csv.cut,
    row: path => byPath.get(path),
  }
}

/** A class, as what all rows share and what is seldom asked for would be half of the memory of a long RECORD. */
class Row implements RecordRow {
  readonly member: string
  readonly line: number
  readonly value: string
  readonly path: string
  readonly hash: string
  readonly size: string
  readonly columns: number

  constructor(member: string, { line, fields }: CsvRow) {
    const [value = '', hash = '', size = ''] = fields
    this.member = member
    this.line = line
    this.value = value
    this.path = value.replaceAll('\\', '/').replace(/^\.\//, '')
    this.hash = hash
    this.size = size
    this.columns = fields.length
  }

  get field() {
    return 'files' as const
  }

  get algorithm(): string | undefined {
    const equals = this.hash.indexOf('=')
    return equals < 0 ? undefined : this.hash.slice(0, equals)
  }

  get digest(): string | undefined {
    const equals = this.hash.indexOf('=')
    return equals < 0 ? undefined : this.hash.slice(equals + 1)
  }
}
