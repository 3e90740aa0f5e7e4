import type { Place } from '../finding.js'

/** One header of METADATA or PKG-INFO. It is a Place, so rules point to it directly. */
export interface MetadataField extends Place {
  readonly member: string
  /** 1-based line of the header's first line. */
  readonly line: number
  /** 1-based column where the value begins. */
  readonly column: number
  /** Core metadata field in its specified spelling; an unknown one as written. */
  readonly field: string
  /** As written in the file. */
  readonly writtenName: string
  /** The value as packaging's parse_email has it: continuation lines verbatim, trailing line ends dropped. */
  readonly value: string
  readonly utf8: boolean
  readonly known: boolean
}

export type MetadataProblemKind =
  /** The first line is no header: everything became the body. */
  | 'not-headers'
  | 'byte-order-mark'
  /** A line that is no header, and not blank, ended the headers: what follows became the description. */
  | 'headers-cut'
  /** A CR not followed by LF, which ends a line for the parser. */
  | 'lone-cr'
  | 'body-not-utf8'
  | 'orphan-continuation'
  | 'mime-header'
  | 'too-many-headers'

export interface MetadataProblem extends Place {
  readonly kind: MetadataProblemKind
  readonly text: string
}

/** METADATA or PKG-INFO as `packaging.metadata.parse_email` reads it (spec-metadata: RFC 822 headers, then the body). */
export interface Metadata {
  readonly member: string
  readonly fields: readonly MetadataField[]
  /** Every field of that name (specified spelling), in order. */
  all(field: string): readonly MetadataField[]
  /** The first one, as pip and uv read it; packaging drops a repeated single-use field. */
  first(field: string): MetadataField | undefined
  /** Value of the first one. */
  value(field: string): string | undefined
  /** Metadata-Version when it is one of the known texts, else undefined. */
  readonly version: string | undefined
  /** True when the declared version is known and at least this one: `atLeast('2.4')`. */
  atLeast(version: string): boolean
  /** The description: the body, else the Description header; undefined when there is neither. */
  readonly description:
    | { readonly text: string; readonly line: number; readonly from: 'body' | 'header'; readonly utf8: boolean }
    | undefined
  /** Text after the headers, '' when none. */
  readonly body: { readonly text: string; readonly line: number; readonly utf8: boolean }
  readonly problems: readonly MetadataProblem[]
  /** True when the member was longer than the limit and only its beginning was read. */
  readonly cut: boolean
  /** Lines of the member as text, for snippets: `lineText(4)`. */
  lineText(line: number): string | undefined
}
