import type { Place } from '../finding.js'
import { groupBy } from '../group-by.js'
import { once } from '../once.js'
import { compareMetadataVersions, coreField, METADATA_VERSIONS } from '../standards/core-metadata.js'
import type { Kept } from '../text/file.js'
import { type Header, type HeaderBlock, splitHeaders } from '../text/headers.js'
import { linesOf } from '../text/lines.js'
import { payloadOf } from '../text/mime-body.js'
import { badCharacter, decodeUtf8, startsWithBom, wholeLines } from '../text/utf8.js'

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
  /** Where its name is, when that is not at the beginning of the line: the key of a source tree. */
  readonly nameAt?: Place
  /** The value as packaging's parse_email has it: continuation lines verbatim, trailing line ends dropped. */
  readonly value: string
  readonly utf8: boolean
  /** The first character that is not UTF-8. */
  readonly bad: Place | undefined
  readonly known: boolean
  /** In a source tree: the extra that a requirement belongs to although its text does not say so. */
  readonly extra?: string
  /** In a source tree: an extra that has more requirements than the fields say. */
  readonly hasOthers?: boolean
}

type MetadataProblemKind =
  /** The first line is not a header: everything became the body. */
  | 'not-headers'
  | 'byte-order-mark'
  /** A line that is neither a header nor blank ended the headers: what follows became the description. */
  | 'headers-cut'
  /** A CR not followed by LF, which ends a line for the parser. */
  | 'lone-cr'
  | 'body-not-utf8'
  /** A line that belongs to no header is not UTF-8. */
  | 'line-not-utf8'
  | 'orphan-continuation'
  | 'mime-header'
  /** The limit of lines, or that of bytes, was reached before the end of the headers. */
  | 'headers-over-limit'

interface MetadataProblem extends Place {
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
    | {
        readonly text: string
        readonly line: number
        readonly from: 'body' | 'header'
        readonly utf8: boolean
        /** Of a source tree: the README that it is. */
        readonly file?: { readonly member: string; lineText(line: number): string | undefined }
      }
    | undefined
  /** Text after the headers, '' when none. */
  readonly body: { readonly text: string; readonly line: number; readonly utf8: boolean }
  readonly problems: readonly MetadataProblem[]
  /** True when the member was longer than the limit and only its beginning was read. */
  readonly cut: boolean
  /** Lines of the member as text, for snippets: `lineText(4)`. */
  lineText(line: number): string | undefined
}

/** Reads METADATA or PKG-INFO. Never throws. */
export function parseMetadata({ member, bytes: read, cut }: Kept): Metadata {
  const bytes = wholeLines(read, cut)
  const block = splitHeaders(bytes)
  const fields = block.headers.map(header => fieldOf(member, header))
  const byName = groupBy(fields, ({ field }) => field)
  const all = (field: string): readonly MetadataField[] => byName.get(field) ?? []
  const value = (field: string) => all(field)[0]?.value
  const declared = value('Metadata-Version')
  const version = declared !== undefined && METADATA_VERSIONS.includes(declared) ? declared : undefined
  const payload = payloadOf(block.headers, block.body)
  const body = { ...decodeUtf8(payload ?? block.body), line: block.bodyLine }
  const lines = once(() => linesOf(decodeUtf8(bytes).text))
  const lineText = (line: number) => lines().text(line)
  return {
    member,
    fields,
    all,
    first: field => all(field)[0],
    value,
    version,
    atLeast: wanted => version !== undefined && (compareMetadataVersions(version, wanted) ?? -1) >= 0,
    description: descriptionOf(payload && body, all('Description')[0]),
    body,
    problems: problemsOf(member, bytes, block, { utf8: body.utf8, payload, cut }, lineText),
    cut,
    lineText,
  }
}

function fieldOf(member: string, { name, line, column, value, utf8, bad }: Header): MetadataField {
  const known = coreField(name)
  const field = known?.name ?? name
  return {
    member,
    line,
    column,
    field,
    writtenName: name,
    value,
    utf8,
    bad: bad && { member, ...bad, field, value },
    known: known !== undefined,
  }
}

function descriptionOf(body: Metadata['body'] | undefined, header: MetadataField | undefined): Metadata['description'] {
  if (body && body.text !== '') return { ...body, from: 'body' }
  return header && { text: header.value, line: header.line, from: 'header', utf8: header.utf8 }
}

function problemsOf(
  member: string,
  bytes: Uint8Array,
  block: HeaderBlock,
  body: { readonly utf8: boolean; readonly payload: Uint8Array | undefined; readonly cut: boolean },
  lineText: (line: number) => string | undefined,
): readonly MetadataProblem[] {
  const problems: MetadataProblem[] = []
  const report = (kind: MetadataProblemKind, line: number, more?: Partial<MetadataProblem>) =>
    problems.push({ kind, member, line, column: 1, text: lineText(line) ?? '', ...more })
  if (startsWithBom(bytes)) report('byte-order-mark', 1, { mark: '\ufeff' })
  if (block.lines === 0) report('not-headers', 1)
  else if (block.endedBy === 'line') report('headers-cut', block.endLine)
  else if (block.endedBy === 'limit' || (block.endedBy === 'end' && body.cut))
    report('headers-over-limit', block.endLine)
  if (block.orphan !== undefined) report('orphan-continuation', block.orphan)
  if (block.loneCr !== undefined)
    report('lone-cr', block.loneCr, { column: (lineText(block.loneCr) ?? '').length + 1, mark: '' })
  for (const { name, line, value } of block.headers)
    if (/^(?:content-|mime-version$)/i.test(name)) report('mime-header', line, { field: name, value })
  if (block.bad) report('line-not-utf8', block.bad.line, block.bad)
  if (!body.utf8) {
    // A decoded body does not have its own lines in the file.
    const bad = body.payload === block.body ? badCharacter(block.body) : undefined
    report('body-not-utf8', block.bodyLine, {
      field: 'Description',
      column: undefined,
      ...(bad && { ...bad, line: block.bodyLine + bad.line - 1 }),
    })
  }
  return problems
}
