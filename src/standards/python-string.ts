/** What Python's parser makes of a quoted string on one line: escapes are interpreted. */

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
])
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])
const LONE_SURROGATE = /[\ud800-\udfff]/u

/**
 * The value of the text between the quotes. Undefined where Python refuses it: a line break, NUL, a lone surrogate, an
 * incomplete escape, a backslash before the closing quote. `\N{name}` is refused too, as no table of names is here.
 */
export function readPythonString(body: string): string | undefined {
  // Python reads every kind of line break as one \n.
  const text = body.includes('\r') ? body.replace(/\r\n?/g, '\n') : body
  if (text.includes('\0') || LONE_SURROGATE.test(text)) return undefined
  if (!text.includes('\\')) return text.includes('\n') ? undefined : text
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    const slash = text.indexOf('\\', at)
    const plain = text.slice(at, slash < 0 ? text.length : slash)
    if (plain.includes('\n')) return undefined
    parts.push(plain)
    if (slash < 0) break
    const found = readEscape(text, slash + 1)
    if (found === undefined) return undefined
    parts.push(found.value)
    at = found.end
  }
  return parts.join('')
}

interface Escape {
  readonly value: string
  readonly end: number
}

function readEscape(text: string, at: number): Escape | undefined {
  const letter = text[at]
  if (letter === undefined || letter === 'N') return undefined
  const simple = SIMPLE.get(letter)
  if (simple !== undefined) return { value: simple, end: at + 1 }
  const octal = /^[0-7]{1,3}/.exec(text.slice(at, at + 3))?.[0]
  if (octal !== undefined) return { value: String.fromCodePoint(Number.parseInt(octal, 8)), end: at + octal.length }
  const count = HEX_DIGITS.get(letter)
  if (count === undefined) return { value: '\\', end: at }
  const digits = text.slice(at + 1, at + 1 + count)
  const point = Number.parseInt(digits, 16)
  if (digits.length < count || !/^[0-9A-Fa-f]+$/.test(digits) || point > 0x10ffff) return undefined
  return { value: String.fromCodePoint(point), end: at + 1 + count }
}
