/** Parsed JSON. Objects have no prototype, so `__proto__` and `constructor` are keys like any other. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Keys and indices from the root. */
export type JsonPath = readonly (string | number)[]

/** 1-based line, and column in UTF-16 code units. */
export interface JsonPosition {
  readonly line: number
  readonly column: number
}

/**
 * What RFC 8259 does not allow, or leaves open. `syntax` and `depth` end the reading. A duplicate key's last value counts, as
 * in every common reader; `not-finite` is NaN or Infinity, which Python writes and reads.
 */
export interface JsonProblem extends JsonPosition {
  readonly kind: 'syntax' | 'depth' | 'duplicate-key' | 'not-finite' | 'byte-order-mark'
  readonly message: string
  readonly path: JsonPath
}

export interface JsonDocument {
  /** Absent when the text is no JSON or is nested deeper than `MAX_JSON_DEPTH`. */
  readonly value: JsonValue | undefined
  readonly problems: readonly JsonProblem[]
  /** Where the value of exactly that path begins; of a duplicate key, the last one. */
  place(path: JsonPath): JsonPosition | undefined
  /** Where the key of that path is written, else its value; of the nearest enclosing path when there is none. */
  nearest(path: JsonPath): JsonPosition
}

/** Python's json gives up at about a thousand levels; no document of ours has twenty. */
export const MAX_JSON_DEPTH = 200
const MAX_PROBLEMS = 100
/** Bounds on what is remembered; nothing beyond has a place of its own. */
const MAX_PLACES = 500_000

interface Span {
  readonly key: number | undefined
  readonly value: number
}

/** Reads a text as JSON. Never throws. */
export function readJson(text: string): JsonDocument {
  const { value, problems } = parse(text, undefined)
  let spans: Map<string, Span> | undefined
  const spanOf = (path: JsonPath) => {
    if (spans === undefined) {
      spans = new Map()
      parse(text, spans)
    }
    return spans.get(pointerOf(path))
  }
  return {
    value,
    problems,
    place(path) {
      const span = spanOf(path)
      return span && positionAt(text, span.value)
    },
    nearest(path) {
      for (let length = path.length; length > 0; length--) {
        const span = spanOf(path.slice(0, length))
        if (span) return positionAt(text, span.key ?? span.value)
      }
      return positionAt(text, spanOf([])?.value ?? 0)
    },
  }
}

/** RFC 6901. */
export function pointerOf(path: JsonPath): string {
  return path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function positionAt(text: string, offset: number): JsonPosition {
  let line = 1
  let start = 0
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++
    start = at + 1
  }
  return { line, column: offset - start + 1 }
}

/** Thrown and caught in this file only. */
class Stop {
  constructor(
    readonly kind: 'syntax' | 'depth',
    readonly message: string,
    readonly at: number,
  ) {}
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y
const PLAIN = /[^"\\\u0000-\u001f]*/y
const BLANK = /[ \t\n\r]*/y
const NAMES: readonly (readonly [string, JsonValue])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]
const ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

function parse(text: string, spans: Map<string, Span> | undefined) {
  const problems: JsonProblem[] = []
  const path: (string | number)[] = []
  let at = 0
  const note = (kind: JsonProblem['kind'], message: string, offset: number) => {
    if (spans === undefined && problems.length < MAX_PROBLEMS)
      problems.push({ kind, message, path: [...path], ...positionAt(text, offset) })
  }
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? ''
    at += found.length
    return found
  }
  const fail = (wanted: string): never => {
    const found =
      at < text.length ? `found ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}` : 'the text ends'
    throw new Stop('syntax', `expected ${wanted}, but ${found}`, at)
  }
  const remember = (key: number | undefined) => {
    if (spans && spans.size < MAX_PLACES) spans.set(pointerOf(path), { key, value: at })
  }

  function string(): string {
    at++
    let result = ''
    for (;;) {
      result += match(PLAIN)
      const next = text[at]
      if (next === '"') {
        at++
        return result
      }
      if (next !== '\\') return fail('the end of a string')
      const letter = text[at + 1] ?? ''
      const code = letter === 'u' ? /^[0-9a-fA-F]{4}$/.exec(text.slice(at + 2, at + 6))?.[0] : undefined
      const character = code === undefined ? ESCAPES.get(letter) : String.fromCharCode(Number.parseInt(code, 16))
      if (character === undefined) return fail('a valid escape')
      result += character
      at += code === undefined ? 2 : 6
    }
  }

  function object(depth: number): JsonObject {
    const result: Record<string, JsonValue> = Object.create(null)
    at++
    match(BLANK)
    if (text[at] === '}') {
      at++
      return result
    }
    for (;;) {
      if (text[at] !== '"') fail('a key in quotes')
      const keyAt = at
      const key = string()
      match(BLANK)
      if (text[at] !== ':') fail("':'")
      at++
      match(BLANK)
      path.push(key)
      if (key in result) note('duplicate-key', `the key ${JSON.stringify(key.slice(0, 200))} occurs twice`, keyAt)
      remember(keyAt)
      result[key] = value(depth)
      path.pop()
      if (!more('}')) return result
      match(BLANK)
    }
  }

  function array(depth: number): readonly JsonValue[] {
    const result: JsonValue[] = []
    at++
    match(BLANK)
    if (text[at] === ']') {
      at++
      return result
    }
    for (;;) {
      path.push(result.length)
      remember(undefined)
      result.push(value(depth))
      path.pop()
      if (!more(']')) return result
      match(BLANK)
    }
  }

  /** After an item: true at a comma, false at the end. */
  function more(end: string): boolean {
    match(BLANK)
    const next = text[at]
    if (next !== ',' && next !== end) return fail(`',' or '${end}'`)
    at++
    return next === ','
  }

  function value(depth: number): JsonValue {
    if (depth > MAX_JSON_DEPTH) throw new Stop('depth', `nested deeper than ${MAX_JSON_DEPTH} levels`, at)
    const first = text[at]
    if (first === '{') return object(depth + 1)
    if (first === '[') return array(depth + 1)
    if (first === '"') return string()
    for (const [name, meaning] of NAMES)
      if (text.startsWith(name, at)) {
        if (typeof meaning === 'number') note('not-finite', `${name} is not a JSON number`, at)
        at += name.length
        return meaning
      }
    const number = match(NUMBER)
    return number === '' ? fail('a value') : Number(number)
  }

  if (text[0] === '\uFEFF') {
    note('byte-order-mark', 'the text begins with a byte order mark', 0)
    at++
  }
  try {
    match(BLANK)
    remember(undefined)
    const root = value(0)
    match(BLANK)
    if (at < text.length) fail('the end of the text')
    return { value: root, problems }
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop
    note(stop.kind, stop.message, stop.at)
    return { value: undefined, problems }
  }
}
