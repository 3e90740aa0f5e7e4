import type { Place } from '../finding.js'
import type { TextFile } from '../text/file.js'
import { at, items, placeAt, textAt } from '../text/json-access.js'
import { type SchemaFault, validate } from '../text/json-schema.js'
import { type JsonNode, parseJson } from '../text/json-tree.js'
import { readCycloneDx } from './cyclonedx.js'
import { cycloneDxVersion, readCycloneDxXml, xmlRoot } from './cyclonedx-xml.js'
import { type Content, componentsOf, NOTHING } from './document.js'
import type { Sbom, SbomFault } from './sbom.js'
import type { schemaFor } from './schemas.js'
import { readSpdx2, readSpdx3 } from './spdx.js'
import { readTagValue, tagValueVersion } from './tag-value.js'

const SPDX_CONTEXT = /^https?:\/\/spdx\.org\/rdf\/(3\.[0-9.]*[0-9])\//
/** What JSON that does not parse still is. */
const MARKS: readonly (readonly [RegExp, Sbom['format'], string])[] = [
  [/"bomFormat"\s*:\s*"CycloneDX"/, 'cyclonedx', 'CycloneDX JSON'],
  [/"spdxVersion"\s*:/, 'spdx', 'SPDX JSON'],
  [/"https?:\/\/spdx\.org\/rdf\/3\./, 'spdx', 'SPDX 3 JSON'],
]
const XML_VERSIONS: ReadonlySet<string> = new Set(['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7'])

/** How the schema of a format is found. */
type Schemas = typeof schemaFor

/** Loads what reads SBOMs. */
export async function sbomReader(): Promise<(file: TextFile) => Sbom> {
  const { schemaFor } = await import('./schemas.js')
  return file => readSbom(file, schemaFor)
}

/** Recognizes an SBOM by its content and reads it: format, version, what its schema forbids, and its components. */
function readSbom(file: TextFile, schemas: Schemas): Sbom {
  const { member, text, utf8, cut } = file
  const base = { member, utf8, cut, head: { member, field: 'sboms' } }
  // A byte order mark counts as a blank.
  const first = /\S/.exec(text.slice(0, 64 * 1024))?.[0]
  if (first === '{' || first === '[') return { ...base, ...readJson(file, schemas) }
  if (first === '<') return { ...base, ...readXml(file) }
  const tag = tagValueVersion(text)
  if (tag) {
    const version = tag.value.replace(/^SPDX-/, '')
    const known = /^SPDX-2\.[0-3]$/.test(tag.value)
    const content = cut ? NOTHING : readTagValue(text, member)
    const versionPlace = { member, line: tag.line, column: tag.column, field: 'sboms', value: version, mark: tag.value }
    return { ...base, ...described('spdx', 'tag-value', version, known), versionPlace, ...contentOf(content) }
  }
  if (/^\ufeff?spdxVersion:[ \t]*["']?SPDX-/m.test(text.slice(0, 4096))) return { ...base, ...other('SPDX YAML') }
  return { ...base, ...nothing }
}

type Read = Omit<Sbom, 'member' | 'utf8' | 'cut' | 'head'> & { readonly head?: Place }

const EMPTY = { faults: [], brokenReferences: [], created: false, tool: false, components: [], related: false } as const

const nothing: Read = {
  format: undefined,
  title: 'unknown',
  syntax: 'other',
  version: undefined,
  knownVersion: false,
  ...EMPTY,
}

const other = (title: string): Read => ({ ...nothing, format: 'other', title })

const LABELS = { json: 'JSON', xml: 'XML', 'tag-value': 'tag-value', other: '' }

function described(
  format: 'cyclonedx' | 'spdx',
  syntax: Sbom['syntax'],
  version: string | undefined,
  knownVersion: boolean,
) {
  const name = format === 'cyclonedx' ? 'CycloneDX' : 'SPDX'
  const title = [name, version?.slice(0, 20), LABELS[syntax]].filter(Boolean).join(' ')
  return { format, syntax, version, knownVersion, title } as const
}

function contentOf(content: Content) {
  const { head, created, tool, edges, brokenReferences = [], fault } = content
  return {
    ...(head && { head }),
    faults: (fault ? [fault] : []) as readonly SbomFault[],
    brokenReferences,
    created,
    tool,
    components: componentsOf(content),
    related: edges.length > 0,
  }
}

function readJson({ member, text, cut }: TextFile, schemas: Schemas): Read {
  const guess = MARKS.find(([pattern]) => pattern.test(text))
  if (cut)
    return guess ? { ...nothing, format: guess[1], title: guess[2], syntax: 'json', knownVersion: true } : nothing
  const document = parseJson(text, text.startsWith('\ufeff') ? 1 : 0)
  const faults = document.faults.map(fault => ({ member, ...fault }))
  if (!document.root) {
    if (!guess) return { ...nothing, syntax: 'json', faults }
    return { ...nothing, format: guess[1], title: guess[2], syntax: 'json', knownVersion: true, faults }
  }
  const kind = kindOf(document.root)
  if (!kind) return { ...nothing, syntax: 'json' }
  const { format, version, schema } = kind
  const found = schema === undefined ? undefined : schemas(schema)
  const content =
    format === 'cyclonedx'
      ? readCycloneDx(document.root, member)
      : kind.major === 3
        ? readSpdx3(document.root, member)
        : readSpdx2(document.root, member)
  const invalid = found ? validate(document.root, found.schema, found).faults : (kind.faults ?? [])
  return {
    ...described(format, 'json', version, found !== undefined || kind.faults !== undefined),
    versionPlace: kind.stands && { ...placeAt(kind.stands, member), value: version },
    ...contentOf(content),
    faults: [...faults, ...invalid.map(fault => faultOf(fault, member))],
  }
}

interface Kind {
  readonly format: 'cyclonedx' | 'spdx'
  readonly major?: 2 | 3
  readonly version: string | undefined
  /** What names the version. */
  readonly stands?: JsonNode | undefined
  /** Name of its schema, when it would have one. */
  readonly schema: string | undefined
  /** What is wrong with the version itself. */
  readonly faults?: readonly SchemaFault[]
}

function kindOf(root: JsonNode): Kind | undefined {
  const wrong = (key: string, example: string): readonly SchemaFault[] => {
    const value = at(root, key)
    const message = value ? `must be a version such as '${example}'` : `does not have the required key '${key}'`
    return [{ path: value ? [key] : [], node: value ?? root, keyword: 'required', message }]
  }
  if (textAt(root, 'bomFormat') === 'CycloneDX' || /cyclonedx\.org\/schema\/bom/.test(textAt(root, '$schema') ?? '')) {
    const version = textAt(root, 'specVersion')
    if (version === undefined || !/^[0-9]+\.[0-9]+$/.test(version))
      return { format: 'cyclonedx', version, schema: undefined, faults: wrong('specVersion', '1.6') }
    return { format: 'cyclonedx', version, stands: at(root, 'specVersion'), schema: `cyclonedx-${version}` }
  }
  if (at(root, 'spdxVersion')) {
    const text = textAt(root, 'spdxVersion')
    if (text === undefined || !/^SPDX-[0-9]+\.[0-9]+$/.test(text))
      return { format: 'spdx', version: text, schema: undefined, faults: wrong('spdxVersion', 'SPDX-2.3') }
    const version = text.replace(/^SPDX-/, '')
    return { format: 'spdx', major: 2, version, stands: at(root, 'spdxVersion'), schema: `spdx-${version}` }
  }
  const context = at(root, '@context')
  for (const stands of context?.kind === 'string' ? [context] : items(context)) {
    const version = stands.kind === 'string' ? SPDX_CONTEXT.exec(stands.value)?.[1] : undefined
    if (version !== undefined) return { format: 'spdx', major: 3, version, stands, schema: `spdx-${version}` }
  }
  return undefined
}

function faultOf({ path, node, message }: SchemaFault, member: string): SbomFault {
  const name = path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
  return {
    ...placeAt(node, member),
    message: name === '' ? `the document ${message}` : `${name.slice(0, 200)} ${message}`,
  }
}

function readXml({ member, text, cut }: TextFile): Read {
  const root = xmlRoot(text)
  if (!root) return nothing
  const version = cycloneDxVersion(root)
  if (version !== undefined) {
    const content = cut ? NOTHING : readCycloneDxXml(text, member)
    const versionPlace = { member, line: root.line, column: root.column, field: 'sboms', value: version }
    return { ...described('cyclonedx', 'xml', version, XML_VERSIONS.has(version)), versionPlace, ...contentOf(content) }
  }
  if (root.name === 'SoftwareIdentity') return other('SWID tag')
  if (root.name === 'RDF' && root.namespaces.some(uri => uri.includes('spdx.org/rdf'))) return other('SPDX RDF/XML')
  return nothing
}
