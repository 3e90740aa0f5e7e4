import type { Place } from '../finding.js'
import { type XmlEvent, xmlEvents } from '../text/xml.js'
import { type Content, MAX_PARTS, type Part } from './document.js'

const NAMESPACE = /^https?:\/\/cyclonedx\.org\/schema\/bom\/(.+)$/
/** Elements deeper than this are not looked at. */
const MAX_DEPTH = 200

export interface XmlRoot {
  readonly name: string
  /** The values of its `xmlns` attributes. */
  readonly namespaces: readonly string[]
  readonly line: number
  readonly column: number
}

/** The root element of an XML text. */
export function xmlRoot(text: string): XmlRoot | undefined {
  for (const { kind, value, attributes, line, column } of xmlEvents(text.slice(0, 64 * 1024)))
    if (kind === 'open') {
      const namespaces = [...attributes].filter(([name]) => /^xmlns(?::|$)/.test(name)).map(([, uri]) => uri)
      return { name: value, namespaces, line, column }
    }
  return undefined
}

/** The version that the namespace of a CycloneDX root names. */
export function cycloneDxVersion({ name, namespaces }: XmlRoot): string | undefined {
  if (name !== 'bom') return undefined
  return namespaces.map(uri => NAMESPACE.exec(uri)?.[1]).find(version => version !== undefined)
}

interface Open {
  readonly ref: string | undefined
  readonly parent: string | undefined
  readonly primary: boolean
  readonly isFile: boolean
  /** Where its name stands; until that was read, where it begins. */
  at: XmlEvent
  readonly fields: Map<string, string>
  readonly sha256: string[]
  downloads: boolean
}

/** Reads the components of a CycloneDX document in XML. */
export function readCycloneDxXml(text: string, member: string): Content {
  const stack: XmlEvent[] = []
  const open: Open[] = []
  const parts: Part[] = []
  const edges: (readonly [string, string])[] = []
  let created = false
  let tool = false
  let head: XmlEvent | undefined
  let deep = false
  const inside = (name: string) => stack.some(one => one.value === name)
  for (const event of xmlEvents(text)) {
    const above = stack.at(-1)
    const component = open.at(-1)
    if (event.kind === 'open') {
      deep = stack.length >= MAX_DEPTH
      if (deep) break
      if (!head || (event.value === 'metadata' && stack.length === 1)) head = event
      if (event.value === 'component' && !inside('tools'))
        open.push(opened(event, component, above?.value === 'metadata'))
      if (above?.value === 'tools') tool = true
      if (event.value === 'dependency' && above?.value === 'dependency')
        edges.push([above.attributes.get('ref') ?? '', event.attributes.get('ref') ?? ''])
      if (component && event.value === 'reference' && event.attributes.get('type')?.startsWith('distribution'))
        component.downloads = true
      stack.push(event)
    } else if (event.kind === 'close') {
      if (above?.value !== event.value) break
      stack.pop()
      if (event.value === 'component' && component && !inside('tools')) {
        open.pop()
        if (parts.length < MAX_PARTS) parts.push(partOf(component, member))
      }
    } else if (above) {
      if (above.value === 'timestamp' && stack.at(-2)?.value === 'metadata') created = true
      if (component && stack.at(-2)?.value === 'component') {
        component.fields.set(above.value, event.value)
        if (above.value === 'name') component.at = event
      }
      if (component && above.value === 'hash' && above.attributes.get('alg') === 'SHA-256')
        component.sha256.push(event.value.toLowerCase())
    }
  }
  const last = stack.at(-1)
  const fault = last && !deep ? { ...placeOf(last, member), message: `<${last.value}> is not closed` } : undefined
  const roots = parts.flatMap(part => (part.primary ? (part.ref ?? []) : []))
  return { head: head && placeOf(head, member), created, tool, parts, edges, roots, fault }
}

const placeOf = ({ line, column }: XmlEvent, member: string): Place => ({ member, line, column, field: 'sboms' })

function opened(event: XmlEvent, parent: Open | undefined, inMetadata: boolean): Open {
  return {
    ref: event.attributes.get('bom-ref'),
    parent: parent && (parent.ref ?? parent.parent ?? ''),
    primary: inMetadata || parent?.primary === true,
    isFile: event.attributes.get('type') === 'file',
    at: event,
    fields: new Map(),
    sha256: [],
    downloads: false,
  }
}

function partOf({ ref, parent, primary, isFile, at, fields, sha256, downloads }: Open, member: string): Part {
  const name = fields.get('name') ?? ''
  const purl = fields.get('purl')
  return {
    ...placeOf(at, member),
    value: name,
    ref,
    parent,
    primary,
    name,
    version: fields.get('version'),
    purl,
    identified: purl !== undefined || fields.has('cpe') || downloads,
    sha256,
    isFile,
    paths: [],
  }
}
