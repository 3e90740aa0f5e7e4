/** Members of a character class: what `str.isspace()` and `\s` of Python match. JavaScript's `\s` is another set. */
import { once } from '../once.js'
import { fits } from './ascii.js'

export const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'

const isWordText = fits(/\w/, () => /[\p{L}\p{N}_]/u)
const SPACE_UNIT = new RegExp(`[${SPACE}]`)

/** Does `\s` of Python match the UTF-16 unit at `at`? */
export const isSpace = (text: string, at: number): boolean => SPACE_UNIT.test(text.charAt(at))

/** Is there a `\b` of Python before `at`? */
export function isBoundary(text: string, at: number): boolean {
  return isWord(codePointBefore(text, at)) !== isWord(text.codePointAt(at))
}

const isWord = (point: number | undefined): boolean => point !== undefined && isWordText(String.fromCodePoint(point))

function codePointBefore(text: string, at: number): number | undefined {
  const pair = at >= 2 ? text.codePointAt(at - 2) : undefined
  if (pair !== undefined && pair > 0xffff) return pair
  return at >= 1 ? text.charCodeAt(at - 1) : undefined
}

/** Python's `str.strip()`. */
export const strip = (text: string): string => stripStart(stripEnd(text))

/** Python's `str.lstrip()`. */
export function stripStart(text: string): string {
  let start = 0
  while (start < text.length && SPACE_UNIT.test(text.charAt(start))) start++
  return text.slice(start)
}

/** Python's `str.rstrip()`. */
export function stripEnd(text: string): string {
  let end = text.length
  while (end > 0 && SPACE_UNIT.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

/** A line as `str.splitlines()` has it. */
export interface PythonLine {
  readonly text: string
  /** Where it begins. */
  readonly offset: number
  /** The character before it, where that is neither LF nor CR LF. */
  readonly after: string | undefined
}

const LINE_ENDS = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/g

/** The lines of Python's `str.splitlines()`. */
export function* pythonLines(text: string, most = Number.POSITIVE_INFINITY): Generator<PythonLine> {
  let [offset, count] = [0, 0]
  let after: string | undefined
  for (const { 0: end, index } of text.matchAll(LINE_ENDS)) {
    if (count++ === most) return
    yield { text: text.slice(offset, index), offset, after }
    offset = index + end.length
    after = end.endsWith('\n') ? undefined : end
  }
  if (offset < text.length && count < most) yield { text: text.slice(offset), offset, after }
}

/** Python's `str.isidentifier()`. */
export const isIdentifier = fits(/^[A-Za-z_]\w*$/, () => /^[\p{XID_Start}_]\p{XID_Continue}*$/u)

const LONGEST_REPR = 1000
const ESCAPES = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
])
const UNPRINTABLE = once(() => /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu)

/** Python's `repr()` of a string: packaging's and PyPI's messages contain it, and people search for them. Long text is cut. */
export function repr(full: string): string {
  const text = full.length > LONGEST_REPR ? `${full.slice(0, LONGEST_REPR)}…` : full
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const body = text.replace(UNPRINTABLE(), char => ESCAPES.get(char) ?? escapeUnit(char))
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote
}

function escapeUnit(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** Orders by code point, as Python orders strings; JavaScript's `<` orders by UTF-16 unit. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    const highX = x >= 0xd800 && x <= 0xdfff
    const highY = y >= 0xd800 && y <= 0xdfff
    if (highX !== highY) return highX ? 1 : -1
    return x < y ? -1 : 1
  }
  return a.length - b.length
}
