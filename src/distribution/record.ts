import type { Place } from '../finding.js'

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
