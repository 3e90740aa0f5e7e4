import { at, objects, placeAt, textAt, texts } from '../text/json-access.js'
import type { JsonNode, JsonObject } from '../text/json-tree.js'
import { type Content, MAX_PARTS, type Part } from './document.js'

const NONE = new Set(['NOASSERTION', 'NONE', ''])
const said = (text: string | undefined) => (text === undefined || NONE.has(text) ? undefined : text)

/** Reads packages and files of an SPDX 2 document in JSON. */
export function readSpdx2(root: JsonNode, member: string): Content {
  const creation = at(root, 'creationInfo')
  const relationships = objects(at(root, 'relationships')).flatMap(one => {
    const from = textAt(one, 'spdxElementId')
    const to = textAt(one, 'relatedSpdxElement')
    return from === undefined || to === undefined ? [] : [{ from, type: textAt(one, 'relationshipType') ?? '', to }]
  })
  const hasFiles = objects(at(root, 'packages')).flatMap(one =>
    texts(at(one, 'hasFiles')).map(file => [textAt(one, 'SPDXID') ?? '', file] as const),
  )
  const files = objects(at(root, 'files')).map(one => filePart(one, member))
  return {
    head: placeAt(creation ?? root, member),
    created: textAt(creation, 'created') !== undefined,
    tool: texts(at(creation, 'creators')).some(isTool),
    parts: [...objects(at(root, 'packages')).map(one => packagePart(one, member)), ...files].slice(0, MAX_PARTS),
    roots: [...texts(at(root, 'documentDescribes')), ...relationships.flatMap(described)],
    edges: [...relationships.filter(one => described(one).length === 0).flatMap(bothWays), ...hasFiles],
  }
}

export const isTool = (creator: string) => /^Tool:/i.test(creator)

interface Relationship {
  readonly from: string
  readonly type: string
  readonly to: string
}

export const described = ({ from, type, to }: Relationship): readonly string[] =>
  type === 'DESCRIBES' ? [to] : type === 'DESCRIBED_BY' ? [from] : []

/** Half of the kinds of relationship are the other half read backwards. */
export const bothWays = ({ from, to }: Relationship): readonly (readonly [string, string])[] => [
  [from, to],
  [to, from],
]

function packagePart(node: JsonObject, member: string): Part {
  const references = objects(at(node, 'externalRefs'))
  const locator = (pattern: RegExp) =>
    references.flatMap(one =>
      pattern.test(textAt(one, 'referenceType') ?? '') ? (textAt(one, 'referenceLocator') ?? []) : [],
    )[0]
  const purl = locator(/^(?:.*\/)?purl$/)
  const paths = said(textAt(node, 'packageFileName'))
  return {
    ...base(node, member, 'name'),
    ref: textAt(node, 'SPDXID'),
    version: said(textAt(node, 'versionInfo')),
    purl,
    identified:
      purl !== undefined ||
      locator(/cpe2[23]Type$/) !== undefined ||
      said(textAt(node, 'downloadLocation')) !== undefined,
    sha256: checksums(node),
    isFile: false,
    paths: paths === undefined ? [] : [paths],
  }
}

function filePart(node: JsonObject, member: string): Part {
  const name = textAt(node, 'fileName')
  return {
    ...base(node, member, 'fileName'),
    ref: textAt(node, 'SPDXID'),
    version: undefined,
    purl: undefined,
    identified: false,
    sha256: checksums(node),
    isFile: true,
    paths: name === undefined ? [] : [name],
  }
}

/** The place of a component is that of its name. */
const base = (node: JsonObject, member: string, key: string) => {
  const name = textAt(node, key) ?? ''
  return { ...placeAt(at(node, key) ?? node, member), value: name, name }
}

function checksums(node: JsonObject): readonly string[] {
  return objects(at(node, 'checksums')).flatMap(one =>
    textAt(one, 'algorithm') === 'SHA256' ? (textAt(one, 'checksumValue')?.toLowerCase() ?? []) : [],
  )
}

/** Reads packages and files of an SPDX 3 document: the members of `@graph`, or the one object. */
export function readSpdx3(root: JsonNode, member: string): Content {
  const graph = at(root, '@graph')
  const all = graph ? objects(graph) : root.kind === 'object' ? [root] : []
  const ofType = (...types: readonly string[]) => all.filter(one => types.includes(textAt(one, 'type') ?? ''))
  const infos = [...ofType('CreationInfo'), ...all.flatMap(one => inline(at(one, 'creationInfo')))]
  const containers = ofType('SpdxDocument', 'software_Sbom', 'Bom', 'Bundle')
  const containerIds = new Set(containers.map(idOf))
  return {
    head: placeAt(infos[0] ?? root, member),
    created: infos.some(one => textAt(one, 'created') !== undefined),
    tool: infos.some(one => texts(at(one, 'createdUsing')).length > 0 || objects(at(one, 'createdUsing')).length > 0),
    parts: ofType('software_Package', 'software_File')
      .map(one => spdx3Part(one, member))
      .slice(0, MAX_PARTS),
    roots: containers.flatMap(one => texts(at(one, 'rootElement'))).filter(id => !containerIds.has(id)),
    edges: all.filter(one => /Relationship$/.test(textAt(one, 'type') ?? '')).flatMap(relationship3),
  }
}

const idOf = (node: JsonObject) => textAt(node, 'spdxId') ?? textAt(node, '@id')
const inline = (node: JsonNode | undefined) => (node?.kind === 'object' ? [node] : [])

function relationship3(node: JsonObject): readonly (readonly [string, string])[] {
  const from = textAt(node, 'from')
  const type = textAt(node, 'relationshipType') ?? ''
  return from === undefined ? [] : texts(at(node, 'to')).flatMap(to => bothWays({ from, type, to }))
}

function spdx3Part(node: JsonObject, member: string): Part {
  const name = textAt(node, 'name')
  const isFile = textAt(node, 'type') === 'software_File'
  const identifiers = objects(at(node, 'externalIdentifier'))
  const purl =
    textAt(node, 'software_packageUrl') ??
    identifiers.flatMap(one =>
      textAt(one, 'externalIdentifierType') === 'packageUrl' ? (textAt(one, 'identifier') ?? []) : [],
    )[0]
  const cpe = identifiers.some(one => /^cpe2[23]$/.test(textAt(one, 'externalIdentifierType') ?? ''))
  return {
    ...base(node, member, 'name'),
    ref: idOf(node),
    version: said(textAt(node, 'software_packageVersion')),
    purl,
    identified: purl !== undefined || cpe || said(textAt(node, 'software_downloadLocation')) !== undefined,
    sha256: objects(at(node, 'verifiedUsing')).flatMap(one =>
      textAt(one, 'algorithm') === 'sha256' ? (textAt(one, 'hashValue')?.toLowerCase() ?? []) : [],
    ),
    isFile,
    paths: isFile && name !== undefined ? [name] : [],
  }
}
