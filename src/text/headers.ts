import { joined } from '../bytes.js'
import { type BadCharacter, badCharacter, decodeLatin1, decodeUtf8 } from './utf8.js'

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9
const COLON = 58

/** Lines of headers that are read. Seen: 1,400. */
export const MAX_HEADER_LINES = 200_000

export interface Header {
  readonly name: string
  /** 1-based line of the name. */
  readonly line: number
  /** 1-based column where the value begins. */
  readonly column: number
  /** Text after the colon without leading spaces, continuation lines verbatim, trailing line ends dropped. */
  readonly value: string
  /** False when the value is not UTF-8; it is then shown as Latin-1. */
  readonly utf8: boolean
  /** The first character that is not UTF-8, in the line as UTF-8 has it. */
  readonly bad: BadCharacter | undefined
}

export interface HeaderBlock {
  readonly headers: readonly Header[]
  /** What ended the block: a blank line, a line that is not a header, the end of the file, or our own limit. */
  readonly endedBy: 'blank' | 'line' | 'end' | 'limit'
  /** Number of the line that ended it. */
  readonly endLine: number
  readonly body: Uint8Array
  /** 1-based line where the body begins. */
  readonly bodyLine: number
  /** Number of lines of the block, before `endLine`. */
  readonly lines: number
  /** First line that a lone CR ends. */
  readonly loneCr: number | undefined
  /** First continuation line before any header. */
  readonly orphan: number | undefined
  /** Lines that begin with a colon or with `From `: skipped. */
  readonly skipped: readonly number[]
  /** The first character that is not UTF-8 in lines that belong to no header. */
  readonly bad: BadCharacter | undefined
}

interface Line {
  readonly start: number
  /** After the line end. */
  readonly end: number
  readonly line: number
}

/**
 * Splits a file into headers and body as Python's email parser does (policy compat32): lines end with LF, CR LF or a lone CR;
 * the block is the longest run of lines that are headers, continuations or `From ` lines; a line that ends it and is not
 * blank is the first one of the body.
 */
export function splitHeaders(bytes: Uint8Array, maxLines = MAX_HEADER_LINES): HeaderBlock {
  const lines: Line[] = []
  let at = 0
  let loneCr: number | undefined
  let endedBy: HeaderBlock['endedBy'] = 'end'
  while (at < bytes.length) {
    const end = lineEnd(bytes, at)
    if (!isHeaderLine(bytes, at, end)) {
      endedBy = bytes[at] === LF || bytes[at] === CR ? 'blank' : 'line'
      break
    }
    if (lines.length === maxLines) {
      endedBy = 'limit'
      break
    }
    if (bytes[end - 1] === CR) loneCr ??= lines.length + 1
    lines.push({ start: at, end, line: lines.length + 1 })
    at = end
  }
  const endLine = lines.length + 1
  const bodyAt = endedBy === 'blank' ? lineEnd(bytes, at) : at
  const block = readHeaders(bytes, lines)
  const rest = endedBy === 'limit' ? new Uint8Array(0) : bytes.subarray(bodyAt)
  // A `From ` line that is the last of the block goes back to the body, before the rest.
  const body = block.pushedBack ? joined([bytes.subarray(block.pushedBack.start, block.pushedBack.end), rest]) : rest
  return {
    headers: block.headers,
    endedBy,
    endLine,
    body,
    bodyLine: block.pushedBack?.line ?? (endedBy === 'blank' ? endLine + 1 : endLine),
    lines: lines.length,
    loneCr,
    orphan: block.orphan,
    skipped: block.skipped,
    bad: block.bad,
  }
}

function readHeaders(bytes: Uint8Array, lines: readonly Line[]) {
  const headers: Header[] = []
  const skipped: number[] = []
  let orphan: number | undefined
  let pushedBack: Line | undefined
  let bad: BadCharacter | undefined
  const pass = ({ start, end, line }: Line) => {
    const found = bad ? undefined : badCharacter(bytes.subarray(start, end))
    if (found) bad = { ...found, line }
  }
  let index = 0
  while (index < lines.length) {
    const line = lines[index]!
    index++
    const first = bytes[line.start]
    if (first === SPACE || first === TAB) {
      orphan ??= line.line
      pass(line)
    } else if (isFromLine(bytes, line.start)) {
      if (line.line > 1 && index === lines.length) pushedBack = line
      else {
        skipped.push(line.line)
        pass(line)
      }
    } else if (first === COLON) {
      skipped.push(line.line)
      pass(line)
    } else {
      let last = line
      for (; index < lines.length; index++) {
        const next = lines[index]!
        if (bytes[next.start] !== SPACE && bytes[next.start] !== TAB) break
        last = next
      }
      headers.push(headerOf(bytes, line, last.end))
    }
  }
  return { headers, skipped, orphan, pushedBack, bad }
}

function headerOf(bytes: Uint8Array, { start, end: firstEnd, line }: Line, lastEnd: number): Header {
  const colon = bytes.indexOf(COLON, start)
  let from = colon + 1
  while (from < firstEnd && (bytes[from] === SPACE || bytes[from] === TAB)) from++
  let to = lastEnd
  while (to > from && (bytes[to - 1] === LF || bytes[to - 1] === CR)) to--
  const raw = bytes.subarray(from, to)
  const { text, utf8 } = decodeUtf8(raw)
  const column = from - start + 1
  const bad = utf8 ? undefined : badCharacter(raw)
  return {
    name: decodeLatin1(bytes.subarray(start, colon)),
    line,
    column,
    value: utf8 ? text : decodeLatin1(raw),
    utf8,
    bad: bad && { ...bad, line: line + bad.line - 1, column: bad.line === 1 ? column + bad.column - 1 : bad.column },
  }
}

function lineEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === LF) return at + 1
    if (bytes[at] === CR) return bytes[at + 1] === LF ? at + 2 : at + 1
  }
  return bytes.length
}

/** Begins with a blank, with `From `, or with printable ASCII characters and a colon. */
function isHeaderLine(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start]
  if (first === SPACE || first === TAB) return true
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte === COLON) return true
    if (byte < 0x21 || byte > 0x7e) return isFromLine(bytes, start)
  }
  return false
}

const FROM = [0x46, 0x72, 0x6f, 0x6d, SPACE]

function isFromLine(bytes: Uint8Array, start: number): boolean {
  return FROM.every((byte, i) => bytes[start + i] === byte)
}
