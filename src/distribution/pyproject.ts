import { parse, TomlError } from 'smol-toml'
import { plural, thousands } from '../../src/wording.js'
import type { Place } from '../finding.js'
import type { Kept } from '../text/file.js'
import { linesOf } from '../text/lines.js'
import { locateToml, MAX_TOML_DEPTH, type TomlPath, type TomlPlace, type TomlPlaces } from '../text/toml-places.js'
import { badCharacter, decodeUtf8, firstBadByte, startsWithBom, wholeCharacters } from '../text/utf8.js'

export type TomlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | readonly TomlValue[]
  | { readonly [key: string]: TomlValue }

export type TomlTable = { readonly [key: string]: TomlValue }

/** pyproject.toml at the top of an sdist (or of the source tree). */
export interface Pyproject {
  readonly member: string
  readonly text: string
  /** The parsed document; undefined when it is not valid UTF-8 TOML. Tables have no prototype. */
  readonly data: { readonly [key: string]: TomlValue } | undefined
  /** Why it does not parse: message in plain words, with line and column. */
  readonly error: (Place & { readonly message: string; readonly help?: string }) | undefined
  /** The `[project]` table, when it is a table. */
  readonly project: { readonly [key: string]: TomlValue } | undefined
  /** Value at a key path, `get('tool', 'flit', 'module')`; own keys only. */
  get(...path: readonly (string | number)[]): TomlValue | undefined
  /**
   * The place of the value of a key (or an array item), inside its quotes; a multi-line value that is not a string is placed
   * at its key. `field` is the dotted path. What is not written is placed at the nearest enclosing table (or value), else at
   * the first header; in a file without keys, on line 1.
   */
  place(...path: readonly (string | number)[]): Place & { readonly line: number }
  /** The same for the key itself; for an array item, which has none, the item. */
  keyPlace(...path: readonly (string | number)[]): Place & { readonly line: number }
  /** Position of exactly that key or item, and of its key; undefined when it is not written. */
  locate(path: TomlPath): TomlPlace | undefined
  /** The first header; the first key where there is none. */
  readonly first: TomlPlace | undefined
}

/** Reads pyproject.toml as Python's tomllib does: TOML 1.0 in UTF-8 without a byte order mark. Never throws. */
export function parsePyproject({ member, bytes: read, cut, size }: Kept): Pyproject {
  const bytes = wholeCharacters(read, cut)
  const { text, utf8 } = decodeUtf8(bytes)
  const places = locateToml(text)
  const fault = cut
    ? { line: 1, message: `It is ${plural(size, 'byte')} long; distaudit reads only ${thousands(read.length)}.` }
    : refusal(bytes, utf8, text, places)
  const parsed = fault ? { fault } : parseText(text)
  const data = 'data' in parsed ? parsed.data : undefined
  const get = (...path: TomlPath) => valueAt(data, path)
  const placed = (path: TomlPath, at: Standing) => {
    const value = get(...path)
    return { member, ...at, field: keyText(path), ...(typeof value === 'string' && { value }) }
  }
  const place = (...path: TomlPath) => {
    const exact = places.get(path)
    return placed(path, exact ? valuePlace(exact, get(...path)) : lackingPlace(places.nearest(path) ?? places.first))
  }
  return {
    member,
    text,
    data,
    error: 'fault' in parsed ? { member, ...parsed.fault } : undefined,
    project: tableOf(get('project')),
    get,
    place,
    keyPlace(...path) {
      const key = places.get(path)?.key
      return key ? placed(path, { line: key.line, column: key.column, mark: key.text }) : place(...path)
    },
    locate: places.get,
    get first() {
      return places.first
    },
  }
}

type Standing = Pick<Place, 'column' | 'mark'> & { readonly line: number }

/** Where something is missing: the header that names its table, or what encloses it. */
function lackingPlace(found: TomlPlace | undefined): Standing {
  if (!found) return { line: 1 }
  const { line, column, name } = found
  return name === undefined ? valuePlace(found, undefined) : { line, column, mark: name }
}

function valuePlace(found: TomlPlace, value: TomlValue | undefined): Standing {
  const { line, column, endColumn, text, key } = found
  const quotes = typeof value === 'string' ? /^("""|'''|["'])(\r?\n)?/.exec(text) : null
  if (quotes) {
    const [opening, quote = '', lineEnd] = quotes
    // The line end after three quotes is not a part of the text.
    const start = quote.length === 3 ? opening.length : quote.length
    const inner = text.slice(start, -quote.length)
    const at = quote.length === 3 && lineEnd ? { line: line + 1, column: 1 } : { line, column: column + quote.length }
    return inner === value ? at : { ...at, mark: inner }
  }
  if (endColumn === undefined && key) return { line: key.line, column: key.column, mark: key.text }
  return { line, column, mark: text.split(/\r?\n/, 1)[0] ?? '' }
}

interface Fault extends Standing {
  readonly message: string
  /** What to do, where it is more than correcting the line. */
  readonly help?: string
}

function refusal(bytes: Uint8Array, utf8: boolean, text: string, places: TomlPlaces): Fault | undefined {
  if (startsWithBom(bytes)) {
    const help = 'Save the file as UTF-8 without a byte order mark.'
    return { line: 1, column: 1, mark: '\ufeff', message: 'It starts with a byte order mark.', help }
  }
  if (!utf8) {
    const byte = (bytes[firstBadByte(bytes)] ?? 0).toString(16).padStart(2, '0')
    const bad = badCharacter(bytes) ?? { line: 1 }
    return { ...bad, message: `Byte 0x${byte} on line ${bad.line} is not UTF-8.`, help: 'Save the file as UTF-8.' }
  }
  // tomllib accepts a carriage return as a line ending only before a line feed.
  const cr = text.search(/\r(?!\n)/)
  if (cr >= 0)
    return { ...linesOf(text).position(cr), mark: '', message: 'It contains a carriage return without a line feed.' }
  return places.refused && { ...places.refused, message: sentence(places.refused.message) }
}

function parseText(text: string): { readonly data: { readonly [key: string]: TomlValue } } | { readonly fault: Fault } {
  try {
    // tomllib makes every line end LF first, also inside strings.
    return {
      data: parse(text.replaceAll('\r\n', '\n'), { integersAsBigInt: 'asNeeded', maxDepth: MAX_TOML_DEPTH }) as {
        [key: string]: TomlValue
      },
    }
  } catch (error) {
    if (!(error instanceof TomlError)) return { fault: { line: 1, column: 1, message: 'It cannot be parsed.' } }
    // The first line is the reason; the others quote the text.
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n', 1)
    const rest =
      linesOf(text)
        .text(error.line)
        ?.slice(error.column - 1) ?? ''
    const at = { line: error.line, column: error.column }
    if (/^(?:<{7}|>{7}) /.test(rest))
      return { fault: { ...at, message: 'The line is a merge conflict marker.', help: 'Resolve the merge conflict.' } }
    return { fault: { ...at, message: plainly(reason, rest) } }
  }
}

/** What the parser says, for people; `rest` is the line from the place of the error. */
function plainly(reason: string, rest: string): string {
  switch (reason.toLowerCase()) {
    case 'control characters are not allowed in strings':
      return rest === '' ? 'A string has no closing quote on its line.' : sentence(reason)
    case 'unfinished string':
      return 'A string has no closing quotes.'
    case 'unrecognized escape sequence':
    case 'unrecognised escape sequence':
      return 'Unknown escape sequence in a string. Write `\\\\` for a backslash.'
    case 'trying to redefine an already defined table or value':
      return 'The key or table is defined twice.'
    case 'expected comma or end of structure':
      return 'A comma or a closing bracket is missing.'
    case 'invalid value':
      if (/^(?:True|False)\b/.test(rest)) return 'TOML has only `true` and `false`, in lowercase.'
      if (/^[\u2018-\u201f]/.test(rest)) return 'A string has typographic quotes. TOML has only `"` and `\'`.'
      return /^[A-Za-z_]/.test(rest) ? 'Invalid value. A string needs quotes.' : sentence(reason)
    default:
      return sentence(reason)
  }
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`

function valueAt(data: TomlValue | undefined, path: TomlPath): TomlValue | undefined {
  let value = data
  for (const part of path) {
    if (Array.isArray(value)) value = typeof part === 'number' ? value[part] : undefined
    else value = typeof part === 'string' ? ownValue(tableOf(value), part) : undefined
  }
  return value
}

function ownValue(table: { readonly [key: string]: TomlValue } | undefined, key: string): TomlValue | undefined {
  return table && Object.hasOwn(table, key) ? table[key] : undefined
}

function tableOf(value: TomlValue | undefined): TomlTable | undefined {
  return isTable(value) ? value : undefined
}

/** A TOML table: neither array nor date. */
export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
}

/** `project.dependencies[1]`; keys that are not bare in quotes. */
export function keyText(path: TomlPath): string {
  return path
    .map((part, i) => {
      if (typeof part === 'number') return `[${part}]`
      return `${i > 0 ? '.' : ''}${/^[A-Za-z0-9_-]+$/.test(part) ? part : JSON.stringify(part)}`
    })
    .join('')
}
