import { thousands } from '../wording.js'
import { linesOf, type Position } from './lines.js'

/** JSON (RFC 8259) with the place of every value: rules point to the line, and repeated keys are seen. */

export interface JsonString extends Position {
  readonly kind: 'string'
  readonly value: string
  /** As written between the quotes, where that is not the value. */
  readonly raw?: string
}
interface JsonNumber extends Position {
  readonly kind: 'number'
  /** As written; `NaN` and `Infinity` are problems of the document. */
  readonly text: string
}
interface JsonLiteral extends Position {
  readonly kind: 'boolean' | 'null'
  readonly value: boolean | null
}
interface JsonArray extends Position {
  readonly kind: 'array'
  readonly items: readonly JsonNode[]
}
interface JsonEntry {
  readonly key: JsonString
  readonly value: JsonNode
}
export interface JsonObject extends Position {
  readonly kind: 'object'
  /** In written order; of a repeated key only the last one, as readers have it. A map: keys such as `__proto__` are safe. */
  readonly entries: ReadonlyMap<string, JsonEntry>
}
export type JsonNode = JsonString | JsonNumber | JsonLiteral | JsonArray | JsonObject

/** A place to be underlined: what is written there, where that is told. */
export interface JsonMark extends Position {
  readonly mark?: string
}

/** Where a value is written: a string inside its quotes, an object or a list at its bracket. */
export function markOf(node: JsonNode): JsonMark {
  const { line, column } = node
  if (node.kind === 'string') return { line, column: column + 1, mark: node.raw ?? node.value }
  const mark =
    node.kind === 'object' ? '{' : node.kind === 'array' ? '[' : node.kind === 'number' ? node.text : `${node.value}`
  return { line, column, mark }
}

/** What is wrong with the text, in words that complete a sentence after a colon. */
interface JsonFault extends JsonMark {
  readonly message: string
}

export interface JsonDocument {
  /** Absent when the text is not JSON. */
  readonly root: JsonNode | undefined
  /** The syntax error, if there is one, and every repeated key (up to 100). */
  readonly faults: readonly JsonFault[]
}

export const MAX_JSON_DEPTH = 100
/** Values in one document; far above what any real file has. */
export const MAX_JSON_VALUES = 200_000
const MAX_REPEATED = 100

/** Thrown inside to end the scan; never leaves this file. */
class Stop extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** Reads a JSON text strictly, from an offset. Never throws. */
export function parseJson(text: string, from = 0): JsonDocument {
  const faults: JsonFault[] = []
  const reader = newReader(text, from, fault => {
    if (faults.length < MAX_REPEATED) faults.push(fault)
  })
  try {
    return { root: reader.document(), faults }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { root: undefined, faults: [...faults, { ...reader.placeOf(error.at), message: error.message }] }
  }
}

// Scanned unit by unit: on Node 26.10 a sticky expression for spaces once did not match one in a run of all tests.
const BLANKS = ' \t\n\r'
const NUMBER_UNITS = '+-.0123456789Ee'
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/
const WORD = /^[A-Za-z0-9_]/

function newReader(text: string, from: number, report: (fault: JsonFault) => void) {
  let at = from
  const { position: placeOf } = linesOf(text)
  let values = 0

  const stop = (message: string, where = at): never => {
    throw new Stop(message, where)
  }
  const skip = () => {
    while (at < text.length && BLANKS.includes(text.charAt(at))) at++
  }
  /** The units from here on for which `is` is true. */
  const run = (is: (unit: string) => boolean): string => {
    let end = at
    while (end < text.length && is(text.charAt(end))) end++
    return text.slice(at, end)
  }
  const shown = () =>
    at >= text.length ? 'the text ends' : `${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))} stands`

  function document(): JsonNode {
    if (text.startsWith('\ufeff', at)) stop('it begins with a byte order mark')
    skip()
    if (at === text.length) stop('it is empty')
    const root = value(1)
    skip()
    if (at < text.length) stop('something follows the document')
    return root
  }

  function value(depth: number): JsonNode {
    if (++values > MAX_JSON_VALUES) stop(`it contains more than ${thousands(MAX_JSON_VALUES)} values`)
    const char = text[at]
    if (char === '{' || char === '[') {
      if (depth > MAX_JSON_DEPTH) stop(`it nests deeper than ${MAX_JSON_DEPTH}`)
      return char === '{' ? object(depth) : array(depth)
    }
    if (char === '"') return string()
    const place = placeOf(at)
    const number = NUMBER.exec(run(unit => NUMBER_UNITS.includes(unit)))?.[0]
    if (number !== undefined) {
      at += number.length
      if (/^[0-9.eE+]/.test(text.charAt(at))) stop('a number is malformed', at - number.length)
      return { kind: 'number', text: number, ...place }
    }
    return literal(place)
  }

  function literal(place: Position): JsonNode {
    const word = run(unit => WORD.test(unit))
    const found = word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : undefined
    if (found === undefined) {
      const name = /^[-+]?(?:NaN|Infinity)/.exec(text.slice(at, at + 10))?.[0]
      return stop(name === undefined ? `a value is expected where ${shown()}` : `${name} is not a JSON value`)
    }
    at += word.length
    return { kind: found === null ? 'null' : 'boolean', value: found, ...place }
  }

  function object(depth: number): JsonObject {
    const place = placeOf(at)
    const entries = new Map<string, JsonEntry>()
    at++
    skip()
    if (text[at] === '}') {
      at++
      return { kind: 'object', entries, ...place }
    }
    for (;;) {
      if (text[at] !== '"') stop(`a key in double quotes is expected where ${shown()}`)
      const key = string()
      if (entries.has(key.value)) report({ ...markOf(key), message: repeated(key.value) })
      skip()
      if (text[at] !== ':') stop(`a colon is expected where ${shown()}`)
      at++
      skip()
      entries.set(key.value, { key, value: value(depth + 1) })
      skip()
      if (text[at] === '}') break
      if (text[at] !== ',') stop(`a comma or '}' is expected where ${shown()}`)
      at++
      skip()
    }
    at++
    return { kind: 'object', entries, ...place }
  }

  function array(depth: number): JsonArray {
    const place = placeOf(at)
    const items: JsonNode[] = []
    at++
    skip()
    if (text[at] === ']') {
      at++
      return { kind: 'array', items, ...place }
    }
    for (;;) {
      items.push(value(depth + 1))
      skip()
      if (text[at] === ']') break
      if (text[at] !== ',') stop(`a comma or ']' is expected where ${shown()}`)
      at++
      skip()
    }
    at++
    return { kind: 'array', items, ...place }
  }

  function string(): JsonString {
    const start = at
    const place = placeOf(start)
    at++
    for (; ; at++) {
      const unit = text.charCodeAt(at)
      if (Number.isNaN(unit)) stop('a string does not end', start)
      if (unit === 0x22) break
      if (unit < 0x20) stop('a string contains a control character')
      if (unit === 0x5c) {
        at++
        const code = text[at]
        if (code === 'u') {
          if (!/^[0-9A-Fa-f]{4}$/.test(text.slice(at + 1, at + 5))) stop('a string has a malformed escape', at - 1)
          at += 4
        } else if (code === undefined || !'"\\/bfnrt'.includes(code)) stop('a string has a malformed escape', at - 1)
      }
    }
    at++
    const raw = text.slice(start + 1, at - 1)
    if (!raw.includes('\\')) return { kind: 'string', value: raw, ...place }
    // The text is a JSON string by now, so this cannot throw.
    return { kind: 'string', value: JSON.parse(text.slice(start, at)) as string, raw, ...place }
  }

  return { document, placeOf }
}

const repeated = (key: string) =>
  `the key ${JSON.stringify(key.length > 100 ? `${key.slice(0, 100)}…` : key)} occurs twice`
