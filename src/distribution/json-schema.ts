/** The part of JSON Schema that schemas/variants-*.schema.json use, over values that know their places. */
import { type JsonMark, type JsonNode, markOf } from './json-tree.js'

export interface Schema {
  readonly $id?: string
  readonly description?: string
  readonly type?: 'object' | 'array' | 'string' | 'boolean'
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean
  readonly required?: readonly string[]
  readonly minProperties?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly uniqueItems?: boolean
  readonly pattern?: string
  readonly enum?: readonly string[]
}

export interface SchemaFault extends JsonMark {
  /** Keys and indexes from the top of the document. */
  readonly path: readonly (string | number)[]
  /** The keyword that does not hold; `key` for a key that matches no pattern, `unknown` for one that is not in `properties`. */
  readonly keyword:
    | 'type'
    | 'required'
    | 'key'
    | 'unknown'
    | 'minProperties'
    | 'minItems'
    | 'uniqueItems'
    | 'pattern'
    | 'enum'
  /** False for a key that the schema does not know and does not forbid either. */
  readonly forbidden: boolean
  /** What was found and what is expected, to follow the name of the place. */
  readonly message: string
  readonly value?: string | undefined
}

const NAMES = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  boolean: 'true or false',
  number: 'a number',
  null: 'null',
}

/** What the value does not fulfil, in document order. The depth is that of the schema. */
export function* schemaFaults(
  node: JsonNode,
  schema: Schema,
  path: readonly (string | number)[] = [],
): Generator<SchemaFault> {
  const fault = (
    keyword: SchemaFault['keyword'],
    message: string,
    at: JsonNode = node,
    value?: string,
  ): SchemaFault => ({
    path,
    keyword,
    forbidden: true,
    message,
    ...markOf(at),
    value,
  })
  if (schema.type !== undefined && node.kind !== schema.type)
    yield fault('type', `is ${NAMES[node.kind]}; ${NAMES[schema.type]} is expected`)
  else if (node.kind === 'object') yield* objectFaults(node, schema, path, fault)
  else if (node.kind === 'array') yield* listFaults(node, schema, path, fault)
  else if (node.kind === 'string') {
    if (schema.pattern !== undefined && !patternOf(schema.pattern).test(node.value))
      yield fault('pattern', `is ${shown(node.value)}; ${expected(schema.pattern)}`, node, node.value)
    if (schema.enum && !schema.enum.includes(node.value))
      yield fault('enum', `is ${shown(node.value)}; one of ${schema.enum.join(', ')} is expected`, node, node.value)
  }
}

type Fault = (keyword: SchemaFault['keyword'], message: string, at?: JsonNode, value?: string) => SchemaFault

function* objectFaults(
  node: JsonNode & { readonly kind: 'object' },
  schema: Schema,
  path: readonly (string | number)[],
  fault: Fault,
): Generator<SchemaFault> {
  for (const key of schema.required ?? []) if (!node.entries.has(key)) yield fault('required', `has no ${shown(key)}`)
  if (schema.minProperties !== undefined && node.entries.size < schema.minProperties)
    yield fault('minProperties', 'is empty')
  const [[pattern, values] = []] = Object.entries(schema.patternProperties ?? {})
  for (const [key, entry] of node.entries) {
    const inner = [...path, key]
    const known = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined
    if (known) yield* schemaFaults(entry.value, known, inner)
    else if (pattern !== undefined && values && patternOf(pattern).test(key))
      yield* schemaFaults(entry.value, values, inner)
    else if (pattern !== undefined)
      yield { ...fault('key', `has the key ${shown(key)}; ${expected(pattern)}`, entry.key, key), path: inner }
    else if (schema.properties)
      yield {
        ...fault('unknown', `has the key ${shown(key)}, which the format does not know`, entry.key, key),
        path: inner,
        forbidden: schema.additionalProperties === false,
      }
  }
}

function* listFaults(
  node: JsonNode & { readonly kind: 'array' },
  schema: Schema,
  path: readonly (string | number)[],
  fault: Fault,
): Generator<SchemaFault> {
  if (schema.minItems !== undefined && node.items.length < schema.minItems) yield fault('minItems', 'is an empty list')
  const seen = new Set<string>()
  for (const [index, item] of node.items.entries()) {
    if (schema.items) yield* schemaFaults(item, schema.items, [...path, index])
    if (!schema.uniqueItems || item.kind !== 'string') continue
    if (seen.has(item.value)) yield fault('uniqueItems', `names ${shown(item.value)} twice`, item, item.value)
    seen.add(item.value)
  }
}

const PATTERNS = new Map<string, RegExp>()

function patternOf(text: string): RegExp {
  const found = PATTERNS.get(text) ?? new RegExp(text, 'u')
  PATTERNS.set(text, found)
  return found
}

const shown = (text: string) => `'${text.length > 200 ? `${text.slice(0, 200)}…` : text}'`

/** The patterns of the schemas, in words. */
function expected(pattern: string): string {
  switch (pattern) {
    case '^[a-z0-9_]+$':
      return 'only 0-9, a-z and _ are allowed'
    case '^[a-z0-9_.]+$':
      return 'only 0-9, a-z, _ and . are allowed'
    case '^[a-z0-9_.]{1,16}$':
      return '1 to 16 characters of 0-9, a-z, _ and . are allowed'
    default:
      return `it must match ${pattern}`
  }
}
