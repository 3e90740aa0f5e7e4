import type { Place } from '../finding.js'
import { type JsonNode, type JsonObject, markOf } from './json-tree.js'

/** The value of a key of an object; undefined for anything else. */
export function at(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.entries.get(key)?.value : undefined
}

export function textAt(node: JsonNode | undefined, key: string): string | undefined {
  const value = at(node, key)
  return value?.kind === 'string' ? value.value : undefined
}

export function items(node: JsonNode | undefined): readonly JsonNode[] {
  return node?.kind === 'array' ? node.items : []
}

export function texts(node: JsonNode | undefined): readonly string[] {
  if (node?.kind === 'string') return [node.value]
  return items(node).flatMap(item => (item.kind === 'string' ? [item.value] : []))
}

/** The objects of an array. */
export function objects(node: JsonNode | undefined): readonly JsonObject[] {
  return items(node).filter((item): item is JsonObject => item.kind === 'object')
}

/** Where a value stands in an SBOM. */
export function placeAt(node: JsonNode, member: string): Place {
  return { member, ...markOf(node), field: 'sboms' }
}
