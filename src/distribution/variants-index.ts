/** The index-level `{name}-{version}-variants.json` of a release, from the variant.json of its wheels. */
import type { JsonNode } from '../text/json-tree.js'
import { get, members, type VariantDocument } from './variant.js'

interface Table {
  [key: string]: Value
}
type Value = string | boolean | null | readonly Value[] | Table

/**
 * Combines documents of one format as PEP 825 has it: the union of the tables, and the longest list of namespaces. Keys come
 * sorted, so the order of the documents does not matter. The documents must be sound and go together; the rules on variants
 * find out. Keys that the format does not know are left out.
 */
export function combineVariants(documents: readonly VariantDocument[]): string {
  const [first] = documents
  if (!first) throw new Error('there is no document to combine')
  const lists = documents.map(({ priorities }) => priorities?.namespaces.map(({ value }) => value) ?? [])
  const longest = lists.reduce((a, b) => (b.length > a.length ? b : a), [])
  const variants = table()
  for (const { entries } of documents)
    for (const { label, properties } of entries) variants[label.value] = propertyTable(properties)
  const union = (...path: readonly string[]) =>
    unionOf(documents.map(({ root }) => path.reduce<JsonNode | undefined>(get, root)))
  const more = (key: string, value: Table) => (Object.keys(value).length > 0 ? { [key]: value } : {})
  const isOld = first.profile === 'pep817'
  const combined = {
    $schema: first.schema?.value ?? '',
    'default-priorities': {
      namespace: longest,
      ...(isOld && more('feature', union('default-priorities', 'feature'))),
      ...(isOld && more('property', union('default-priorities', 'property'))),
    },
    ...(first.profile !== 'pep825' && { providers: union('providers') }),
    ...(isOld && more('static-properties', union('static-properties'))),
    variants,
  }
  return `${JSON.stringify(sorted(combined), null, 4)}\n`
}

/** Keys come from files: no prototype. */
const table = (): Table => Object.create(null) as Table

function propertyTable(properties: readonly string[]): Table {
  const result = new Map<string, Map<string, string[]>>()
  for (const property of properties) {
    const [namespace = '', feature = '', value = ''] = property.split(' :: ')
    const features = result.get(namespace) ?? new Map<string, string[]>()
    result.set(namespace, features)
    const values = features.get(feature)
    if (values) values.push(value)
    else features.set(feature, [value])
  }
  const entries = table()
  for (const [namespace, features] of result) {
    const inner = table()
    for (const [feature, values] of features) inner[feature] = values.sort()
    entries[namespace] = inner
  }
  return entries
}

function unionOf(nodes: readonly (JsonNode | undefined)[]): Table {
  const result = table()
  for (const node of nodes) for (const [key, value] of members(node)) result[key.value] ??= plain(value)
  return result
}

/** Never deeper than the reader of the document allows. */
function plain(node: JsonNode): Value {
  if (node.kind === 'object') {
    const result = table()
    for (const [key, value] of members(node)) result[key.value] = plain(value)
    return result
  }
  if (node.kind === 'array') return node.items.map(plain)
  return node.kind === 'number' ? node.text : node.value
}

function sorted(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map(sorted)
  const result = table()
  for (const key of Object.keys(value).sort()) result[key] = sorted(value[key] ?? null)
  return result
}

const isList = (value: readonly Value[] | Table): value is readonly Value[] => Array.isArray(value)
