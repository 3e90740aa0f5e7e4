import { at, items, objects, placeAt, textAt, texts } from '../text/json-access.js'
import type { JsonNode, JsonObject } from '../text/json-tree.js'
import { type Content, MAX_PARTS, type Part } from './document.js'
import type { SbomFault } from './sbom.js'

/** Reads the components of a CycloneDX document in JSON. */
export function readCycloneDx(root: JsonNode, member: string): Content {
  const metadata = at(root, 'metadata')
  const parts: Part[] = []
  const nodes: JsonObject[] = []
  const primary = at(metadata, 'component')
  if (primary?.kind === 'object') collect(parts, nodes, primary, member, undefined, true)
  const roots = parts.flatMap(part => part.ref ?? [])
  const about = parts[0]
  for (const component of objects(at(root, 'components')))
    collect(parts, nodes, component, member, undefined, false, about)
  const refs = new Set([...parts.flatMap(part => part.ref ?? []), ...allRefs(root)])
  const dependencies = objects(at(root, 'dependencies'))
  return {
    head: placeAt(metadata ?? root, member),
    created: at(metadata, 'timestamp') !== undefined,
    tool: hasTool(at(metadata, 'tools')),
    parts,
    roots,
    edges: dependencies.flatMap(one => {
      const from = textAt(one, 'ref')
      const to = [...texts(at(one, 'dependsOn')), ...texts(at(one, 'provides'))]
      return from === undefined ? [] : to.map(ref => [from, ref] as const)
    }),
    brokenReferences: [...repeated(parts, nodes, member), ...dangling(dependencies, refs, member)],
  }
}

/** An array up to 1.4; from 1.5 also an object of components and services. */
function hasTool(tools: JsonNode | undefined): boolean {
  return [tools, at(tools, 'components'), at(tools, 'services')].some(list => items(list).length > 0)
}

function collect(
  parts: Part[],
  nodes: JsonObject[],
  node: JsonObject,
  member: string,
  parent: string | undefined,
  primary: boolean,
  about?: Part,
): void {
  if (parts.length >= MAX_PARTS) return
  const name = textAt(node, 'name') ?? ''
  const ref = textAt(node, 'bom-ref')
  const purl = textAt(node, 'purl')
  nodes.push(node)
  parts.push({
    ...placeAt(at(node, 'name') ?? node, member),
    value: name,
    ref,
    name,
    version: textAt(node, 'version'),
    purl,
    identified: purl !== undefined || textAt(node, 'cpe') !== undefined || downloads(node),
    sha256: objects(at(node, 'hashes')).flatMap(hash =>
      textAt(hash, 'alg') === 'SHA-256' ? (textAt(hash, 'content')?.toLowerCase() ?? []) : [],
    ),
    isFile: textAt(node, 'type') === 'file',
    paths: objects(at(at(node, 'evidence'), 'occurrences')).flatMap(one => textAt(one, 'location') ?? []),
    // auditwheel lists the primary component once more.
    primary: primary || (about !== undefined && ref === about.ref && name === about.name && purl === about.purl),
    parent,
  })
  for (const inner of objects(at(node, 'components')))
    collect(parts, nodes, inner, member, ref ?? parent ?? '', primary, about)
}

function downloads(node: JsonObject): boolean {
  return objects(at(node, 'externalReferences')).some(one => textAt(one, 'type')?.startsWith('distribution'))
}

/** Dependencies may be of services and other things with a bom-ref too. */
function allRefs(root: JsonNode): readonly string[] {
  const found: string[] = []
  const walk = (node: JsonNode): void => {
    for (const inner of node.kind === 'array' ? node.items : node.kind === 'object' ? valuesOf(node) : []) walk(inner)
    const ref = textAt(node, 'bom-ref')
    if (ref !== undefined) found.push(ref)
  }
  walk(root)
  return found
}

const valuesOf = (node: JsonObject) => [...node.entries.values()].map(entry => entry.value)

function repeated(parts: readonly Part[], nodes: readonly JsonObject[], member: string): readonly SbomFault[] {
  const known = new Set<string>()
  return parts.flatMap((part, i) => {
    const node = at(nodes[i], 'bom-ref')
    if (part.ref === undefined || node === undefined) return []
    const first = !known.has(part.ref)
    known.add(part.ref)
    if (first || part.primary) return []
    return [{ ...placeAt(node, member), message: `another component also has the bom-ref '${part.ref}'` }]
  })
}

function dangling(
  dependencies: readonly JsonObject[],
  refs: ReadonlySet<string>,
  member: string,
): readonly SbomFault[] {
  return dependencies.flatMap(one => {
    const dependsOn = at(one, 'dependsOn')
    const wanted = [at(one, 'ref'), ...(dependsOn?.kind === 'array' ? dependsOn.items : [dependsOn])]
    for (const node of wanted)
      if (node?.kind === 'string' && !refs.has(node.value) && !node.value.startsWith('urn:cdx:'))
        return [
          {
            ...placeAt(node, member),
            message: `a dependency names '${node.value}', which is not a bom-ref in this document`,
          },
        ]
    return []
  })
}
