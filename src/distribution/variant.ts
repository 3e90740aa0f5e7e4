/** `variant.json` of a wheel and `{name}-{version}-variants.json` of an index (PEP 817, PEP 825, variantlib 0.2). */

import pep817 from '../../schemas/variants-817.schema.json' with { type: 'json' }
import pep825 from '../../schemas/variants-825.schema.json' with { type: 'json' }
import core from '../../schemas/variants-core.schema.json' with { type: 'json' }
import variantlib from '../../schemas/variants-variantlib.schema.json' with { type: 'json' }
import type { Place } from '../finding.js'
import type { TextFile } from '../text/file.js'
import { type Schema, type SchemaFault, validate } from '../text/json-schema.js'
import { type JsonMark, type JsonNode, type JsonObject, markOf, parseJson } from '../text/json-tree.js'
import { quote } from '../wording.js'

/** The format that a document says it has. */
export type VariantProfile = 'pep825' | 'pep817' | 'variantlib'

/** A text of the document and where it stands. */
interface VariantText extends Place {
  readonly value: string
}

interface VariantFeature {
  readonly at: VariantText
  readonly values: readonly VariantText[]
}

interface VariantNamespace {
  readonly at: VariantText
  readonly features: readonly VariantFeature[]
}

/** One label of `variants`. What is not an object, list or string in it is left out; `sound` is then false. */
export interface VariantEntry {
  readonly label: VariantText
  readonly namespaces: readonly VariantNamespace[]
  /** Distinct properties, `namespace :: feature :: value`, sorted. */
  readonly properties: readonly string[]
  /** The part of the document is as its format wants it. */
  readonly sound: boolean
}

export interface VariantProvider {
  readonly namespace: VariantText
  /** Requirements, as written. */
  readonly requires: readonly VariantText[]
  readonly pluginApi: VariantText | undefined
  readonly enableIf: VariantText | undefined
  readonly builtin: VariantText | undefined
  /** PEP 817: asked when installing; true where nothing is said. */
  readonly installTime: boolean
  readonly optional: boolean
  /** variantlib: features of `static-properties`, when there is such a table. */
  readonly staticFeatures: readonly string[] | undefined
  readonly featureOrder: readonly string[] | undefined
  readonly table: JsonObject
}

export interface VariantFault extends Place {
  /** `syntax`: no UTF-8 JSON object, or a key twice. `schema`: not as the format wants it. */
  readonly kind: 'syntax' | 'schema'
  readonly keyword: SchemaFault['keyword'] | undefined
  /** Keys and indexes from the top. */
  readonly path: readonly (string | number)[]
  /** One sentence. */
  readonly message: string
  /** False for a key that readers of the format ignore. */
  readonly forbidden: boolean
}

export interface VariantDocument extends Place {
  readonly text: TextFile
  readonly schema: VariantText | undefined
  /** Undefined where `$schema` names no known format. */
  readonly profile: VariantProfile | undefined
  /** `default-priorities.namespace`, with the place of the list; undefined where there is no such list. */
  readonly priorities: (Place & { readonly namespaces: readonly VariantText[] }) | undefined
  readonly entries: readonly VariantEntry[]
  readonly providers: readonly VariantProvider[]
  readonly faults: readonly VariantFault[]
  /** The document, when it is a JSON object. */
  readonly root: JsonObject | undefined
  /** Where a value of `root` stands. */
  place(at: JsonNode, value?: string): Place
}

/** More are told of no document. */
const MOST_FAULTS = 1000

const SCHEMAS: Readonly<Record<VariantProfile | 'core', Schema>> = {
  pep825: pep825 as Schema,
  pep817: pep817 as Schema,
  variantlib: variantlib as Schema,
  core: core as Schema,
}

/**
 * The format of a schema URL: PEP 825's stands below `/peps/825/`, the early ones of PEP 817 are 0.0.x, those of variantlib
 * 0.1.x and 0.2.x. A version of 1 or more is none of the three.
 */
function profileOf(schema: string): VariantProfile | undefined {
  const [, pep, major, minor] =
    /^https?:\/\/[^/?#]+(\/peps\/825)?\/v?([0-9]{1,9})\.([0-9]{1,9})\.[0-9]{1,9}\.json$/.exec(schema) ?? []
  if (major === undefined || minor === undefined || Number(major) > 0) return undefined
  if (pep !== undefined) return 'pep825'
  if (Number(minor) === 0) return 'pep817'
  return Number(minor) <= 2 ? 'variantlib' : undefined
}

/** Reads variant.json (`member` is its path) or an index-level file (`member` is empty). Never throws. */
export function parseVariants(text: TextFile): VariantDocument {
  const member = text.member === '' ? undefined : text.member
  const marked = ({ line, column, mark }: JsonMark, value?: string): Place => ({
    ...(member !== undefined && { member }),
    line,
    column,
    field: 'variants',
    ...(value !== undefined && { value }),
    ...(mark !== undefined && { mark }),
  })
  const place: Placer = (at, value) => marked(markOf(at), value)
  const whole = marked({ line: 1, column: 1 })
  const { root: top, faults } = unreadable(text) ?? parseJson(text.text)
  const root = top?.kind === 'object' ? top : undefined
  const syntax = [
    ...faults,
    ...(top && !root ? [{ ...markOf(top), message: 'the document is not a JSON object' }] : []),
  ].map(
    (fault): VariantFault => ({
      kind: 'syntax',
      keyword: undefined,
      path: [],
      forbidden: true,
      message: fault.message,
      ...marked(fault),
    }),
  )
  const schemaNode = root?.entries.get('$schema')?.value
  const schema = schemaNode?.kind === 'string' ? textOf(schemaNode, place) : undefined
  const profile = schema && profileOf(schema.value)
  const shape = root ? validate(root, SCHEMAS[profile ?? 'core'], { unknownKeys: true, most: MOST_FAULTS }).faults : []
  const schemaProblems = shape.map(
    ({ path, keyword, message, node }): VariantFault => ({
      kind: 'schema',
      keyword,
      path,
      forbidden: keyword !== 'unknownKey',
      message: `${named(path)} ${message}`,
      ...place(node, node.kind === 'string' ? node.value : undefined),
    }),
  )
  const unsound = new Set(
    shape
      .filter(fault => fault.path[0] === 'variants' && fault.keyword !== 'patternProperties')
      .map(fault => fault.path[1]),
  )
  return {
    text,
    schema,
    profile,
    priorities: prioritiesOf(root, place),
    entries: members(get(root, 'variants')).map(([at, node]) =>
      entryOf(textOf(at, place), node, place, !unsound.has(at.value)),
    ),
    providers: members(get(root, 'providers')).flatMap(([at, node]) =>
      node.kind === 'object' ? [providerOf(textOf(at, place), node, place)] : [],
    ),
    faults: [...syntax, ...schemaProblems],
    root,
    place,
    ...whole,
  }
}

function unreadable({ utf8, cut, size }: TextFile) {
  const fault = (message: string) => ({ root: undefined, faults: [{ line: 1, column: 1, message }] })
  if (cut) return fault(`it is ${size} bytes long, more than is read`)
  return utf8 ? undefined : fault('it is not UTF-8')
}

type Placer = (at: JsonNode, value?: string) => Place

const textOf = (node: JsonNode & { readonly kind: 'string' }, place: Placer): VariantText => ({
  ...place(node),
  value: node.value,
})

/** The value of a key, when the node is an object that has it. */
export function get(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.entries.get(key)?.value : undefined
}

/** Keys and values of an object; none of anything else. */
export function members(node: JsonNode | undefined) {
  return node?.kind === 'object' ? [...node.entries.values()].map(({ key, value }) => [key, value] as const) : []
}

/** The strings of a list. */
function strings(node: JsonNode | undefined, place: Placer): readonly VariantText[] {
  return node?.kind === 'array' ? node.items.flatMap(item => (item.kind === 'string' ? [textOf(item, place)] : [])) : []
}

function prioritiesOf(root: JsonObject | undefined, place: Placer): VariantDocument['priorities'] {
  const list = get(get(root, 'default-priorities'), 'namespace')
  return list?.kind === 'array' ? { ...place(list), namespaces: strings(list, place) } : undefined
}

function entryOf(label: VariantText, node: JsonNode, place: Placer, sound: boolean): VariantEntry {
  const namespaces = members(node).map(
    ([at, features]): VariantNamespace => ({
      at: textOf(at, place),
      features: members(features).map(([key, list]) => ({ at: textOf(key, place), values: strings(list, place) })),
    }),
  )
  const properties = namespaces.flatMap(({ at, features }) =>
    features.flatMap(feature => feature.values.map(({ value }) => `${at.value} :: ${feature.at.value} :: ${value}`)),
  )
  return { label, namespaces, properties: [...new Set(properties)].sort(), sound }
}

function providerOf(namespace: VariantText, table: JsonObject, place: Placer): VariantProvider {
  const text = (key: string) => {
    const node = get(table, key)
    return node?.kind === 'string' ? textOf(node, place) : undefined
  }
  const is = (key: string, value: boolean) => {
    const node = get(table, key)
    return node?.kind === 'boolean' && node.value === value
  }
  const statics = get(table, 'static-properties')
  const order = get(table, 'feature-order')
  return {
    namespace,
    requires: strings(get(table, 'requires'), place),
    pluginApi: text('plugin-api'),
    enableIf: text('enable-if'),
    builtin: text('builtin'),
    installTime: !is('install-time', false),
    optional: is('optional', true),
    staticFeatures: statics?.kind === 'object' ? [...statics.entries.keys()] : undefined,
    featureOrder: order?.kind === 'array' ? strings(order, place).map(({ value }) => value) : undefined,
    table,
  }
}

/** A path for messages: `'variants' → 'x86_64_v3' → 'x86_64'`; the top is `the document`. */
function named(path: readonly (string | number)[]): string {
  if (path.length === 0) return 'The document'
  return path.map(part => (typeof part === 'number' ? `item ${part + 1}` : quote(part))).join(' → ')
}
