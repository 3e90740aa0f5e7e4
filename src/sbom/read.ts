import type { TextFile } from '../text/file.js'
import { at, textAt, texts } from '../text/json-access.js'
import { type SchemaFault, validate } from '../text/json-schema.js'
import { type JsonNode, parseJson } from '../text/json-tree.js'
import { readCycloneDx } from './cyclonedx.js'
import { cycloneDxVersion, readCycloneDxXml, xmlRoot } from './cyclonedx-xml.js'
import { type Content, componentsOf, NOTHING } from './document.js'
import type { Sbom, SbomFault } from './sbom.js'
import { schemaFor } from './schemas.js'
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

/** Recognises an SBOM by its content and reads it: format, version, what its schema forbids, and its components. */
export async function readSbom(file: TextFile): Promise<Sbom> {
  const text = file.text.startsWith('\ufeff') ? file.text.slice(1) : file.text
  const base = { member: file.member, utf8: file.utf8, cut: file.cut }
  const first = /\S/.exec(text.slice(0, 64 * 1024))?.[0]
  if (first === '{' || first === '[') return { ...base, ...(await readJson(file, text)) }
  if (first === '<') return { ...base, ...readXml(file, text) }
  const tag = tagValueVersion(text)
  if (tag) {
    const version = tag.value.replace(/^SPDX-/, '')
    const known = /^SPDX-2\.[0-3]$/.test(tag.value)
    const content = file.cut ? NOTHING : readTagValue(text, file.member)
    return { ...base, ...described('spdx', 'tag-value', version, known), ...contentOf(content) }
  }
  if (/^spdxVersion:[ \t]*["']?SPDX-/m.test(text.slice(0, 4096))) return { ...base, ...other('SPDX YAML') }
  return { ...base, ...nothing }
}

type Read = Omit<Sbom, 'member' | 'utf8' | 'cut'>

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
  const { created, tool, edges, brokenReferences = [] } = content
  return {
    faults: [] as readonly SbomFault[],
    brokenReferences,
    created,
    tool,
    components: componentsOf(content),
    related: edges.length > 0,
  }
}

async function readJson(file: TextFile, text: string): Promise<Read> {
  const { member } = file
  const guess = MARKS.find(([pattern]) => pattern.test(text))
  if (file.cut)
    return guess ? { ...nothing, format: guess[1], title: guess[2], syntax: 'json', knownVersion: true } : nothing
  const document = parseJson(text)
  const faults = document.faults.map(fault => ({ member, ...fault }))
  if (!document.root) {
    if (!guess) return { ...nothing, syntax: 'json', faults }
    return { ...nothing, format: guess[1], title: guess[2], syntax: 'json', knownVersion: true, faults }
  }
  const kind = kindOf(document.root)
  if (!kind) return { ...nothing, syntax: 'json' }
  const { format, version, schema } = kind
  const found = schema === undefined ? undefined : await schemaFor(schema)
  const content =
    format === 'cyclonedx'
      ? readCycloneDx(document.root, member)
      : kind.major === 3
        ? readSpdx3(document.root, member)
        : readSpdx2(document.root, member)
  const invalid = found ? validate(document.root, found.schema, found).faults : (kind.faults ?? [])
  return {
    ...described(format, 'json', version, found !== undefined || kind.faults !== undefined),
    ...contentOf(content),
    faults: [...faults, ...invalid.map(fault => faultOf(fault, member))],
  }
}

interface Kind {
  readonly format: 'cyclonedx' | 'spdx'
  readonly major?: 2 | 3
  readonly version: string | undefined
  /** Name of its schema, when it would have one. */
  readonly schema: string | undefined
  /** What is wrong with the version itself. */
  readonly faults?: readonly SchemaFault[]
}

function kindOf(root: JsonNode): Kind | undefined {
  const wrong = (key: string, example: string): readonly SchemaFault[] => {
    const value = at(root, key)
    const message = value ? `must be a version such as '${example}'` : `lacks the required key '${key}'`
    return [{ path: value ? [key] : [], node: value ?? root, keyword: 'required', message }]
  }
  if (textAt(root, 'bomFormat') === 'CycloneDX' || /cyclonedx\.org\/schema\/bom/.test(textAt(root, '$schema') ?? '')) {
    const version = textAt(root, 'specVersion')
    if (version === undefined || !/^[0-9]+\.[0-9]+$/.test(version))
      return { format: 'cyclonedx', version, schema: undefined, faults: wrong('specVersion', '1.6') }
    return { format: 'cyclonedx', version, schema: `cyclonedx-${version}` }
  }
  if (at(root, 'spdxVersion')) {
    const text = textAt(root, 'spdxVersion')
    if (text === undefined || !/^SPDX-[0-9]+\.[0-9]+$/.test(text))
      return { format: 'spdx', version: text, schema: undefined, faults: wrong('spdxVersion', 'SPDX-2.3') }
    const version = text.replace(/^SPDX-/, '')
    return { format: 'spdx', major: 2, version, schema: `spdx-${version}` }
  }
  for (const context of texts(at(root, '@context'))) {
    const version = SPDX_CONTEXT.exec(context)?.[1]
    if (version !== undefined) return { format: 'spdx', major: 3, version, schema: `spdx-${version}` }
  }
  return undefined
}

function faultOf({ path, node, message }: SchemaFault, member: string): SbomFault {
  const name = path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
  const { line, column } = node
  return {
    member,
    line,
    column,
    field: 'sboms',
    message: name === '' ? `the document ${message}` : `${name.slice(0, 200)} ${message}`,
  }
}

function readXml(file: TextFile, text: string): Read {
  const root = xmlRoot(text)
  if (!root) return nothing
  const version = cycloneDxVersion(root)
  if (version !== undefined) {
    const content = file.cut ? NOTHING : readCycloneDxXml(text, file.member)
    return { ...described('cyclonedx', 'xml', version, XML_VERSIONS.has(version)), ...contentOf(content) }
  }
  if (root.name === 'SoftwareIdentity') return other('SWID tag')
  if (root.name === 'RDF' && root.namespaces.some(uri => uri.includes('spdx.org/rdf'))) return other('SPDX RDF/XML')
  return nothing
}
