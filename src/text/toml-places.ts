import { linesOf, type Position } from './lines.js'

export interface TomlPlace extends Position {
  /** Column after the last unit of the value, when it ends on the same line. */
  readonly endColumn: number | undefined
  /** As written: a string with its quotes. */
  readonly text: string
  /** Where the key is written, and how; absent for array items. */
  readonly key: (Position & { readonly endColumn: number; readonly text: string }) | undefined
  /** As written, where a table is only named: a header `[project]`, a part of a longer header or of a dotted key. */
  readonly name: string | undefined
}

export type TomlPath = readonly (string | number)[]

export interface TomlPlaces {
  /** Where the value of exactly that path stands. A table that has a header stands there, brackets included. */
  get(path: TomlPath): TomlPlace | undefined
  /** The same for the nearest enclosing path that is written. */
  nearest(path: TomlPath): TomlPlace | undefined
  /** Offsets of exactly that path. */
  span(path: TomlPath): TomlSpan | undefined
  /** The first header; the first key where there is none. */
  readonly first: TomlPlace | undefined
  /** What the text has that TOML 1.0 does not (TOML 1.1 syntax), or that goes beyond our bounds. */
  readonly refused: (Position & { readonly message: string }) | undefined
}

/** Levels of arrays, tables and dotted keys. Python's tomllib gives up at a few hundred. */
export const MAX_TOML_DEPTH = 100
/** Digits that Python converts to an integer. */
const MAX_NUMBER = 4300
/** Bounds on what is remembered; nothing beyond has a place of its own. */
const MAX_PLACES = 50_000
const MAX_KEY = 500

/** Offsets of a value and of its key; those of the key are negative for array items. */
export interface TomlSpan {
  readonly start: number
  readonly end: number
  readonly keyStart: number
  readonly keyEnd: number
  /** It names a table; `header`: with the brackets of its own header. */
  readonly names?: 'part' | 'header'
}

interface KeyPart {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Thrown inside to end the scan; never leaves this file. */
class Stop extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/**
 * Finds where every key and array item of a TOML document stands, without judging its values. A text that is no TOML gives
 * the places up to the fault. Never throws.
 */
export function locateToml(text: string): TomlPlaces {
  const scan = newScan(text)
  const refused = scan.run()
  const { position } = linesOf(text)
  const placeOf = (span: TomlSpan | undefined): TomlPlace | undefined => {
    if (!span) return undefined
    const start = position(span.start)
    const end = position(span.end)
    const key = span.keyStart < 0 ? undefined : position(span.keyStart)
    return {
      ...start,
      endColumn: end.line === start.line ? end.column : undefined,
      text: text.slice(span.start, span.end),
      key: key && {
        ...key,
        endColumn: key.column + span.keyEnd - span.keyStart,
        text: text.slice(span.keyStart, span.keyEnd),
      },
      name: span.names && text.slice(span.start, span.end),
    }
  }
  const spanOf = (path: TomlPath) => scan.spans.get(pathKey(path))
  return {
    get: path => placeOf(spanOf(path)),
    span: spanOf,
    nearest(path) {
      for (let depth = path.length; depth > 0; depth--) {
        const span = spanOf(path.slice(0, depth))
        if (span) return placeOf(span)
      }
      return undefined
    },
    get first() {
      return placeOf(scan.first())
    },
    refused: refused && { ...position(refused.at), message: refused.message },
  }
}

const partKey = (part: string | number) => (typeof part === 'number' ? `#${part}\0` : `.${part}\0`)
const pathKey = (path: TomlPath) => path.reduce<string>(extend, '')
/** Stands for every path that is too long to be remembered. */
const TOO_LONG = '\0'

function extend(key: string, part: string | number): string {
  if (key === TOO_LONG || String(part).length + key.length > MAX_KEY) return TOO_LONG
  return key + partKey(part)
}

function newScan(text: string) {
  const spans = new Map<string, TomlSpan>()
  /** Number of tables of each array of tables. */
  const arrays = new Map<string, number>()
  let firstHeader: TomlSpan | undefined
  let firstKey: TomlSpan | undefined
  let at = 0
  let refused: { readonly at: number; readonly message: string } | undefined

  const refuse = (message: string, where: number) => {
    refused ??= { message, at: where }
  }
  const stop = (where = at): never => {
    throw new Stop('', where)
  }

  function remember(key: string, span: TomlSpan): void {
    if (key === TOO_LONG) return
    const known = spans.get(key)
    // A table's own header may come after those of its subtables.
    if (known ? span.names === 'header' && known.names === 'part' : spans.size < MAX_PLACES) spans.set(key, span)
  }

  function run() {
    try {
      let table = ''
      let depth = 0
      for (;;) {
        skip(true)
        if (at >= text.length) break
        if (text[at] === '[') [table, depth] = header()
        else keyValue(table, depth)
        skip(false)
        if (at < text.length && text[at] !== '\n' && !text.startsWith('\r\n', at)) stop()
      }
    } catch (error) {
      if (!(error instanceof Stop)) throw error
      if (error.message !== '') refuse(error.message, error.at)
    }
    return refused
  }

  /** Blanks and comments, and line ends where they may stand. True when it passed a line end. */
  function skip(lineEnds: boolean): boolean {
    let passed = false
    for (; at < text.length; at++) {
      const char = text[at]
      if (char === '#') {
        const end = text.indexOf('\n', at)
        at = (end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end) - 1
      } else if (char === '\n' || (char === '\r' && text[at + 1] === '\n')) {
        if (!lineEnds) return passed
        passed = true
      } else if (char !== ' ' && char !== '\t' && !(char === '\r' && lineEnds)) return passed
    }
    return passed
  }

  function header(): [string, number] {
    const isArray = text[at + 1] === '['
    const start = at
    at += isArray ? 2 : 1
    const parts = dottedKey()
    if (!text.startsWith(isArray ? ']]' : ']', at)) stop()
    at += isArray ? 2 : 1
    const end = at
    deep(parts.length, parts[0]!.start)
    let key = ''
    for (const [index, part] of parts.entries()) {
      key = extend(key, part.name)
      const last = index === parts.length - 1
      const span: TomlSpan = last
        ? { start, end, keyStart: part.start, keyEnd: part.end, names: 'header' }
        : named(part)
      remember(key, span)
      if (last) firstHeader ??= span
      if (last && isArray && key !== TOO_LONG) arrays.set(key, (arrays.get(key) ?? 0) + 1)
      const count = arrays.get(key)
      if (count !== undefined && (isArray || !last)) {
        key = extend(key, count - 1)
        remember(key, { start, end, keyStart: -1, keyEnd: -1, names: 'header' })
      }
    }
    return [key, parts.length]
  }

  function keyValue(table: string, depth: number): void {
    const parts = dottedKey()
    if (text[at] !== '=') stop()
    at++
    deep(depth + parts.length, parts[0]!.start)
    skip(false)
    const start = at
    const keys: string[] = []
    for (const part of parts) keys.push(extend(keys.at(-1) ?? table, part.name))
    const last = keys.at(-1) ?? table
    // Enclosing tables first, so that a stop inside the value leaves them known.
    for (const [index, key] of keys.slice(0, -1).entries()) remember(key, named(parts[index]!))
    firstKey ??= named(parts[0]!)
    value(last, depth + parts.length)
    const part = parts.at(-1)!
    remember(last, { start, end: at, keyStart: part.start, keyEnd: part.end })
  }

  function deep(depth: number, where: number): void {
    if (depth > MAX_TOML_DEPTH) throw new Stop(`keys and values nest deeper than ${MAX_TOML_DEPTH} levels`, where)
  }

  function dottedKey(): KeyPart[] {
    const parts: KeyPart[] = []
    for (;;) {
      skip(false)
      const start = at
      const char = text[at]
      if (char === '"' || char === "'") parts.push({ name: string(), start, end: at })
      else {
        while (at < text.length && /[A-Za-z0-9_-]/.test(text.charAt(at))) at++
        if (at === start) stop()
        parts.push({ name: text.slice(start, at), start, end: at })
      }
      deep(parts.length, parts[0]!.start)
      skip(false)
      if (text[at] !== '.') return parts
      at++
    }
  }

  function value(key: string, depth: number): void {
    const char = text[at]
    if (char === '"' || char === "'") string()
    else if (char === '[') array(key, depth)
    else if (char === '{') inlineTable(key, depth)
    else scalar()
  }

  function array(key: string, depth: number): void {
    deep(depth + 1, at)
    at++
    for (let index = 0; ; index++) {
      skip(true)
      if (text[at] === ']') break
      if (at >= text.length) stop()
      const start = at
      const item = extend(key, index)
      value(item, depth + 1)
      remember(item, { start, end: at, keyStart: -1, keyEnd: -1 })
      skip(true)
      if (text[at] !== ',') break
      at++
    }
    if (text[at] !== ']') stop()
    at++
  }

  function inlineTable(key: string, depth: number): void {
    const newer = 'TOML 1.0 has no line break, comment or final comma inside an inline table'
    deep(depth + 1, at)
    at++
    for (let index = 0; ; index++) {
      const before = at
      if (skip(true)) refuse(newer, before)
      if (text[at] === '}') {
        if (index > 0) refuse(newer, before - 1)
        break
      }
      keyValue(key, depth)
      const after = at
      if (skip(true)) refuse(newer, after)
      if (text[at] !== ',') break
      at++
    }
    if (text[at] !== '}') stop()
    at++
  }

  function scalar(): void {
    const start = at
    while (at < text.length && !/[\s,\]}#]/.test(text.charAt(at))) at++
    if (at === start) stop()
    const date = /^\d{4}-\d\d-\d\d$/.test(text.slice(start, Math.min(at, start + 11)))
    if (date && text[at] === ' ' && /^\d\d:/.test(text.slice(at + 1, at + 4))) {
      at++
      while (at < text.length && !/[\s,\]}#]/.test(text.charAt(at))) at++
    }
    if (at - start > MAX_NUMBER) throw new Stop(`a number has more than ${MAX_NUMBER} digits`, start)
    if (/^(?:\d{4}-\d\d-\d\d[Tt ])?\d\d:\d\d(?!:)/.test(text.slice(start, start + 40)))
      refuse('TOML 1.0 demands the seconds of a time', start)
  }

  /** Passes over a string of any kind and gives its text; of a multi-line one, nothing. */
  function string(): string {
    const quote = text.charAt(at)
    const start = at
    if (text.startsWith(quote.repeat(3), at)) {
      at += 3
      passString(quote, true)
      return ''
    }
    at++
    passString(quote, false)
    const inner = text.slice(start + 1, at - 1)
    return quote === '"' && inner.includes('\\') ? unescaped(inner) : inner
  }

  function passString(quote: string, multiLine: boolean): void {
    const close = quote.repeat(multiLine ? 3 : 1)
    for (; at < text.length; at++) {
      const char = text[at]
      if (char === '\\' && quote === '"') {
        at++
        if (text[at] === 'e' || text[at] === 'x') refuse(`TOML 1.0 has no escape \\${text[at]}`, at - 1)
      } else if (char === quote && text.startsWith(close, at)) {
        at += close.length
        // Up to two quotes may stand directly before the closing three.
        for (let more = 0; multiLine && more < 2 && text[at] === quote; more++) at++
        return
      } else if (char === '\n' && !multiLine) stop()
    }
    stop()
  }

  return { spans, run, first: () => firstHeader ?? firstKey }
}

const named = ({ start, end }: KeyPart): TomlSpan => ({ start, end, keyStart: start, keyEnd: end, names: 'part' })

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', '\\': '\\' }

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (all, short, long, char) => {
    const hex: string | undefined = short ?? long
    if (hex === undefined) return ESCAPES[char] ?? all
    const code = Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
