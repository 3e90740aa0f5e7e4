import { append } from '../append.js'
import { oncePer } from '../once.js'
import { list, quote, some } from '../wording.js'
import { formatFault } from './json-formats.js'
import type { JsonNode, JsonString } from './json-tree.js'

/** The keywords that the schemas of SBOMs and of variants use: drafts 7, 2019-09 and 2020-12 agree on them. */
export interface Schema {
  readonly $id?: string
  readonly description?: string
  readonly $ref?: string
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly items?: Schema | readonly Schema[]
  readonly required?: readonly string[]
  readonly minProperties?: number
  readonly properties?: Readonly<Record<string, Schema>>
  /** One pattern: keys that do not match it are wrong. */
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly unevaluatedProperties?: false
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly not?: Schema
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
}

export interface SchemaFault {
  /** Keys and indices from the root. */
  readonly path: readonly (string | number)[]
  /** What is wrong: the value at `path`, or its key. */
  readonly node: JsonNode
  /** Says of the value at `path` what is wrong with it. */
  readonly message: string
  /** The keyword that failed; `unknownKey` for a key that the schema does not list and does not forbid either. */
  readonly keyword: string
}

type Lookup = (ref: string) => Schema | undefined

export interface SchemaOptions {
  /** Finds the target of a `$ref`. */
  readonly lookup?: Lookup | undefined
  /** Tells of keys that no property lists, where the schema lists some. */
  readonly unknownKeys?: boolean | undefined
  /** Problems that are told at the most. */
  readonly most?: number | undefined
}

/** `complete` is false when the bounds on work were reached: then nothing may be said. */
export interface SchemaResult {
  readonly faults: readonly SchemaFault[]
  readonly complete: boolean
}

const MOST_FAULTS = 20
/** Schemas applied to values, in all. The largest real SBOM seen takes a hundredth. */
const MAX_STEPS = 4_000_000

/** Thrown and caught in this file. */
class TooMuch extends Error {}

interface Run {
  readonly lookup: Lookup
  readonly unknownKeys: boolean
  readonly most: number
  steps: number
}

/** What of a value was looked at: for `unevaluatedProperties`. */
type Seen = Set<string> | undefined

/** Tests a value against a schema. Never throws. */
export function validate(root: JsonNode, schema: Schema, options: SchemaOptions = {}): SchemaResult {
  const { lookup = () => undefined, unknownKeys = false, most = MOST_FAULTS } = options
  const run = { lookup, unknownKeys, most, steps: 0 }
  try {
    const faults = test(run, schema, root, undefined, true, undefined)
    return { faults: faults.map(one => ({ ...one, path: written(one.path) })), complete: true }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    return { faults: [], complete: false }
  }
}

/** A path by its last step: most are never written out. */
type Path = { readonly parent: Path; readonly step: string | number; readonly length: number } | undefined

function written(path: Path): readonly (string | number)[] {
  const steps: (string | number)[] = []
  for (let at = path; at; at = at.parent) steps.push(at.step)
  return steps.reverse()
}

const lengthOf = (path: Path) => path?.length ?? 0
const inner = (parent: Path, step: string | number): Path => ({ parent, step, length: lengthOf(parent) + 1 })

interface Fault extends Omit<SchemaFault, 'path'> {
  readonly path: Path
}

/** Problems of one value: all of them, or only the first. */
function test(run: Run, schema: Schema, node: JsonNode, path: Path, all: boolean, seen: Seen): Fault[] {
  if (++run.steps > MAX_STEPS) throw new TooMuch()
  const faults: Fault[] = []
  const own: Seen = schema.unevaluatedProperties === false ? new Set() : seen

  const plain = plainFault(schema, node)
  // A value of another type fails everything else too.
  if (plain !== undefined) return [{ path, node, ...plain }]
  if (schema.$ref !== undefined) {
    const target = run.lookup(schema.$ref)
    if (target && add(run, faults, test(run, target, node, path, all, own), all)) return faults
  }
  if (node.kind === 'object' && add(run, faults, objectFaults(run, schema, node, path, all, own), all)) return faults
  if (node.kind === 'array' && add(run, faults, arrayFaults(run, schema, node, path, all), all)) return faults
  for (const one of schema.allOf ?? []) if (add(run, faults, test(run, one, node, path, all, own), all)) return faults
  if (schema.anyOf && add(run, faults, choice(run, schema.anyOf, node, path, own, false), all)) return faults
  if (schema.oneOf && add(run, faults, choice(run, schema.oneOf, node, path, own, true), all)) return faults
  if (schema.not && test(run, schema.not, node, path, false, undefined).length === 0)
    if (add(run, faults, [{ path, node, keyword: 'not', message: 'has a form that the schema excludes' }], all))
      return faults
  if (schema.if) {
    const met = test(run, schema.if, node, path, false, own).length === 0
    const branch = met ? schema.then : schema.else
    if (branch && add(run, faults, test(run, branch, node, path, all, own), all)) return faults
  }
  if (schema.unevaluatedProperties === false && node.kind === 'object' && faults.length === 0) {
    for (const [key, entry] of node.entries) {
      if (!own?.has(key)) add(run, faults, [unknownKey(path, entry.key)], all)
      seen?.add(key)
    }
  }
  return faults
}

/** True when one problem was asked for and is there. */
function add(run: Run, faults: Fault[], more: readonly Fault[], all: boolean): boolean {
  for (const fault of more) if (faults.length < run.most) faults.push(fault)
  return !all && faults.length > 0
}

const unknownKey = (path: Path, key: JsonString, keyword = 'additionalProperties'): Fault => ({
  path: inner(path, key.value),
  node: key,
  keyword,
  message: keyword === 'unknownKey' ? 'is not a key of this format' : 'is not a key that the schema allows here',
})

type Plain = { readonly keyword: string; readonly message: string }

const ARTICLES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'an array',
  string: 'a string',
  boolean: 'true or false',
  number: 'a number',
  integer: 'a whole number',
  null: 'null',
}

function plainFault(schema: Schema, node: JsonNode): Plain | undefined {
  if (schema.type !== undefined && !hasType(node, schema.type))
    return { keyword: 'type', message: `must be ${ARTICLES[schema.type] ?? schema.type}, not ${ARTICLES[node.kind]}` }
  if (schema.const !== undefined && !equals(node, schema.const))
    return { keyword: 'const', message: `must be ${JSON.stringify(schema.const)}, not ${shown(node)}` }
  if (schema.enum && !inEnum(schema.enum, node))
    return { keyword: 'enum', message: `must be ${oneOf(schema.enum)}, not ${shown(node)}` }
  if (node.kind === 'string') return stringFault(schema, node.value)
  if (node.kind === 'number') {
    const value = Number(node.text)
    if (schema.minimum !== undefined && value < schema.minimum)
      return { keyword: 'minimum', message: `must be at least ${schema.minimum}, not ${shown(node)}` }
    if (schema.maximum !== undefined && value > schema.maximum)
      return { keyword: 'maximum', message: `must be at most ${schema.maximum}, not ${shown(node)}` }
  }
  return undefined
}

function stringFault(schema: Schema, value: string): Plain | undefined {
  const length = () => [...value].length
  if (schema.minLength !== undefined && length() < schema.minLength)
    return { keyword: 'minLength', message: 'is empty' }
  if (schema.maxLength !== undefined && length() > schema.maxLength)
    return { keyword: 'maxLength', message: `is longer than ${schema.maxLength} characters` }
  if (schema.pattern !== undefined && !patternOf(schema.pattern).test(value))
    return { keyword: 'pattern', message: `must ${wordsOf(schema.pattern)}, not be ${quote(value)}` }
  const format = schema.format === undefined ? undefined : formatFault(schema.format, value)
  return format === undefined ? undefined : { keyword: 'format', message: `${format}, not ${quote(value)}` }
}

function objectFaults(
  run: Run,
  schema: Schema,
  node: JsonNode & { readonly kind: 'object' },
  path: Path,
  all: boolean,
  seen: Seen,
): readonly Fault[] {
  const faults: Fault[] = []
  for (const key of schema.required ?? [])
    if (!node.entries.has(key)) {
      faults.push({ path, node, keyword: 'required', message: `does not have the required key '${key}'` })
      if (!all) return faults
    }
  if (schema.minProperties !== undefined && node.entries.size < schema.minProperties)
    faults.push({ path, node, keyword: 'minProperties', message: 'is empty' })
  const { properties, additionalProperties } = schema
  const [[pattern, ofPattern] = []] = Object.entries(schema.patternProperties ?? {})
  if (!properties && additionalProperties === undefined && pattern === undefined) return faults
  for (const [key, { key: at, value }] of node.entries) {
    if (faults.length >= (all ? run.most : 1)) break
    const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined
    if (known || additionalProperties !== undefined) seen?.add(key)
    const schemaOfKey = known ?? (pattern !== undefined && patternOf(pattern).test(key) ? ofPattern : undefined)
    if (schemaOfKey) append(faults, test(run, schemaOfKey, value, inner(path, key), all, undefined))
    else if (pattern !== undefined)
      faults.push({
        path: inner(path, key),
        node: at,
        keyword: 'patternProperties',
        message: `is not a key that the schema allows here: it must ${wordsOf(pattern)}`,
      })
    else if (additionalProperties === false) faults.push(unknownKey(path, at))
    else if (typeof additionalProperties === 'object')
      append(faults, test(run, additionalProperties, value, inner(path, key), all, undefined))
    else if (run.unknownKeys && properties) faults.push(unknownKey(path, at, 'unknownKey'))
  }
  return faults
}

function arrayFaults(
  run: Run,
  schema: Schema,
  node: JsonNode & { readonly kind: 'array' },
  path: Path,
  all: boolean,
): readonly Fault[] {
  const count = node.items.length
  if (schema.minItems !== undefined && count < schema.minItems)
    return [
      {
        path,
        node,
        keyword: 'minItems',
        message: count === 0 ? 'is an empty list' : `must have at least ${schema.minItems} items, not ${count}`,
      },
    ]
  if (schema.maxItems !== undefined && count > schema.maxItems)
    return [{ path, node, keyword: 'maxItems', message: `must have at most ${schema.maxItems} items, not ${count}` }]
  const faults: Fault[] = []
  if (schema.items) {
    const { items } = schema
    for (const [index, item] of node.items.entries()) {
      const one = Array.isArray(items) ? (items as readonly Schema[])[index] : (items as Schema)
      if (one) append(faults, test(run, one, item, inner(path, index), all, undefined))
      if (faults.length >= (all ? run.most : 1)) return faults
    }
  }
  if (schema.uniqueItems) {
    const known = new Set<string>()
    for (const [index, item] of node.items.entries()) {
      const text = canonical(item)
      if (known.has(text)) {
        const message = `is ${shown(item)}, which is in the list already`
        faults.push({ path: inner(path, index), node: item, keyword: 'uniqueItems', message })
        if (faults.length >= (all ? run.most : 1)) return faults
      }
      known.add(text)
    }
  }
  return faults
}

/** anyOf and oneOf: silent when they hold, else the problem of the branch that fits best. */
function choice(
  run: Run,
  branches: readonly Schema[],
  node: JsonNode,
  path: Path,
  seen: Seen,
  exactly: boolean,
): readonly Fault[] {
  let matches = 0
  let best: Fault | undefined
  for (const branch of branches) {
    const here: Seen = seen && new Set()
    const [fault] = test(run, branch, node, path, false, here)
    if (fault === undefined) {
      matches++
      if (here) for (const key of here) seen?.add(key)
      if (!exactly && !seen) return []
      if (exactly && matches > 1)
        return [{ path, node, keyword: 'oneOf', message: 'fits several forms of which the schema allows one' }]
    } else if (best === undefined || rank(fault) > rank(best)) best = fault
  }
  if (matches > 0 || best === undefined) return []
  if (
    lengthOf(best.path) === lengthOf(path) &&
    (best.keyword === 'type' || best.keyword === 'const' || best.keyword === 'required')
  )
    return [
      {
        path,
        node,
        keyword: 'anyOf',
        message: `has none of the forms that the schema allows (one of them: it ${best.message})`,
      },
    ]
  return [best]
}

/** A wrong discriminator says that the branch was not meant. */
const rank = (fault: Fault) => (fault.keyword === 'const' ? 0 : fault.keyword === 'type' ? 1 : 2 + lengthOf(fault.path))

function hasType(node: JsonNode, type: string): boolean {
  if (type === 'integer') return node.kind === 'number' && Number.isInteger(Number(node.text))
  return node.kind === type
}

const enumOf = oncePer((values: readonly unknown[]): ReadonlySet<unknown> => new Set(values))

function inEnum(values: readonly unknown[], node: JsonNode): boolean {
  if (node.kind === 'object' || node.kind === 'array') return false
  return enumOf(values).has(node.kind === 'number' ? Number(node.text) : node.value)
}

function equals(node: JsonNode, value: unknown): boolean {
  if (node.kind === 'number') return typeof value === 'number' && Number(node.text) === value
  if (node.kind === 'object' || node.kind === 'array') return false
  return node.value === value
}

/** The same text for equal values, whatever the order of keys. */
function canonical(node: JsonNode): string {
  switch (node.kind) {
    case 'object': {
      const entries = [...node.entries].map(([key, { value }]) => `${JSON.stringify(key)}:${canonical(value)}`)
      return `{${entries.sort().join(',')}}`
    }
    case 'array':
      return `[${node.items.map(canonical).join(',')}]`
    case 'number':
      return String(Number(node.text))
    default:
      return JSON.stringify(node.value)
  }
}

const patterns = new Map<string, RegExp>()

function patternOf(text: string): RegExp {
  const found = patterns.get(text) ?? new RegExp(text, 'u')
  patterns.set(text, found)
  return found
}

/** A pattern as what a value must do. */
function wordsOf(pattern: string): string {
  const [, set, most] = /^\^\[([^\]]+)\](?:\+|\{1,(\d+)\})\$$/.exec(pattern) ?? []
  if (set === undefined) return `match ${pattern}`
  const characters = [...(set.match(/.-.|./g) ?? [])].map(one => (one.length > 1 ? one : `'${one}'`))
  const text = list(characters)
  return most === undefined ? `consist of ${text}` : `consist of 1 to ${most} of ${text}`
}

function shown(node: JsonNode): string {
  if (node.kind === 'string') return quote(node.value)
  if (node.kind === 'number') return node.text.slice(0, 100)
  if (node.kind === 'object' || node.kind === 'array') return ARTICLES[node.kind] ?? node.kind
  return String(node.value)
}

function oneOf(values: readonly unknown[]): string {
  return `one of ${some(
    values.map(value => JSON.stringify(value)),
    6,
  )}`
}
