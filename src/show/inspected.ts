import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { EntryPoints } from '../distribution/entry-points.js'
import type { Metadata } from '../distribution/metadata.js'
import type { RecordRow } from '../distribution/record.js'
import type { WheelFile } from '../distribution/wheel-file.js'
import { KEYWORDS } from '../standards/import-name.js'
import { isIdentifier, strip } from '../text/python.js'
import { dependencies } from '../views/dependencies.js'
import type { Inspected, RecordedFile } from './shown.js'

/** The keys of wheel-inspect. docs/show.md says where they differ. */
export function inspected(subject: Wheel | Sdist): Inspected {
  const { metadata, texts, entryPoints } = subject
  const isWheel = subject.kind === 'wheel'
  const lines = (name: string) =>
    isWheel && subject.distInfo !== undefined ? linesIn(texts.get(`${subject.distInfo}/${name}`)?.text) : undefined
  const has = (name: string) => isWheel && subject.members.has(`${subject.distInfo}/${name}`)
  const fault = isWheel ? wheelFault(subject) : undefined
  return {
    ...(isWheel && { valid: fault === undefined, validation_error: fault }),
    dist_info: {
      record: isWheel ? subject.record?.rows.map(recorded) : undefined,
      metadata: metadata && metadataKeys(metadata),
      wheel: isWheel ? subject.wheelFile && wheelKeys(subject.wheelFile) : undefined,
      dependency_links: lines('dependency_links.txt'),
      entry_points: entryPoints && entryPointKeys(entryPoints),
      namespace_packages: lines('namespace_packages.txt'),
      top_level: lines('top_level.txt'),
      zip_safe: has('zip-safe') ? true : has('not-zip-safe') ? false : undefined,
    },
    derived: {
      readme_renders: rendersOf(subject),
      description_in_body: metadata?.description?.from === 'body',
      description_in_headers: metadata?.first('Description') !== undefined,
      ...keywordsOf(metadata),
      dependencies: [...new Map(dependencies(metadata).map(one => [one.name, one.requirement.name])).values()].sort(),
      modules: isWheel ? modulesOf(subject) : [],
    },
  }
}

const linesIn = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(/\r\n|\r|\n/)
    .map(strip)
    .filter(line => line !== '' && !line.startsWith('#'))

const recorded = ({ path, algorithm, digest, size }: RecordRow): RecordedFile => ({
  path,
  digests: algorithm === undefined || digest === undefined ? {} : record([[algorithm, digest]]),
  size: numberOf(size),
})

const numberOf = (text: string): number | null => (/^[0-9]{1,15}$/.test(text) ? Number(text) : null)

/** A plain object: keys come from files. */
function record<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...pairs])
}

/** Fields that are a text; all others are lists. */
const SINGLE: ReadonlySet<string> = new Set(
  'metadata_version name version summary description requires_python author author_email download_url home_page license maintainer maintainer_email keywords description_content_type'.split(
    ' ',
  ),
)
/** Those that are taken as they are, however empty. */
const VERBATIM: ReadonlySet<string> = new Set(['metadata_version', 'name', 'version', 'requires_python'])

const keyOf = (name: string): string => name.toLowerCase().replaceAll('-', '_')

/** Its lines end with LF. */
const given = (value: string): string | null =>
  ['', 'UNKNOWN'].includes(strip(value)) ? null : value.replace(/\r\n?/g, '\n')

function metadataKeys(metadata: Metadata): Record<string, unknown> {
  const found = new Map<string, unknown>()
  const lists = new Map<string, unknown[]>()
  const listOf = (key: string) => {
    const list = lists.get(key) ?? []
    lists.set(key, list)
    found.set(key, list)
    return list
  }
  const valid = new Map(dependencies(metadata).map(one => [one.field, one.requirement]))
  for (const field of metadata.fields) {
    const key = keyOf(field.field)
    if (key === 'requires_dist') {
      const requirement = valid.get(field)
      if (requirement)
        listOf(key).push({
          name: requirement.name,
          url: requirement.url ?? null,
          extras: [...requirement.extras].sort(),
          specifier: requirement.specifier.toString(),
          marker: requirement.marker?.toString() ?? null,
        })
    } else if (key === 'project_url') {
      const comma = field.value.indexOf(',')
      listOf(key).push(
        comma < 0
          ? { label: null, url: field.value }
          : { label: strip(field.value.slice(0, comma)), url: strip(field.value.slice(comma + 1)) },
      )
    } else if (SINGLE.has(key)) {
      if (!found.has(key)) found.set(key, VERBATIM.has(key) ? field.value : given(field.value))
    } else {
      const value = given(field.value)
      const list = listOf(key)
      if (value !== null) list.push(value)
    }
  }
  if (metadata.description) {
    const text = given(metadata.description.text)
    found.set('description', text === null ? null : { length: [...text].length })
  }
  return record(found)
}

function wheelKeys({ fields }: WheelFile): Record<string, unknown> {
  const found = new Map<string, unknown>()
  for (const { field, value } of fields) {
    const key = keyOf(field)
    if (key === 'root_is_purelib') found.set(key, strip(value).toLowerCase() === 'true')
    else if (['wheel_version', 'generator', 'build'].includes(key)) found.set(key, value)
    else found.set(key, [...((found.get(key) as readonly string[] | undefined) ?? []), value])
  }
  return record(found)
}

function entryPointKeys({ groups, entries }: EntryPoints): NonNullable<Inspected['dist_info']['entry_points']> {
  const found = new Map(groups.map(({ name }) => [name, [] as (readonly [string, unknown])[]]))
  for (const { group, name, module, attr, extras } of entries)
    if (module !== undefined) found.get(group)?.push([name, { module, attr: attr ?? null, extras }])
  return record([...found].map(([group, list]) => [group, record(list)])) as never
}

function rendersOf({ rendering, metadata }: Wheel | Sdist): boolean | null {
  if (!rendering || rendering.outcome === 'unavailable' || given(metadata?.description?.text ?? '') === null)
    return null
  return rendering.outcome === 'ok'
}

function keywordsOf(metadata: Metadata | undefined): Pick<Inspected['derived'], 'keywords' | 'keyword_separator'> {
  const text = metadata?.value('Keywords')
  if (text === undefined || given(text) === null) return { keywords: [], keyword_separator: null }
  const separator = text.includes(',') ? ',' : ' '
  const words = (separator === ',' ? text.split(',').map(strip) : text.split(/\s+/)).filter(word => word !== '')
  return { keywords: [...new Set(words)].sort(), keyword_separator: separator }
}

const MODULE = /(?<=.)\.(?:py|pyd|so|[-A-Za-z0-9_]{1,200}\.(?:pyd|so))$/

/** Dotted names of what RECORD lists and Python can import. */
function modulesOf({ record: file, members }: Wheel): readonly string[] {
  const paths = file?.rows.map(({ path }) => path) ?? members.files.map(({ path }) => path)
  const found = new Set<string>()
  for (const path of paths) {
    let parts = path.split('/')
    if (parts.length > 2 && parts[0]?.endsWith('.data') && (parts[1] === 'purelib' || parts[1] === 'platlib'))
      parts = parts.slice(2)
    const last = parts.at(-1) ?? ''
    if (last.length > 255) continue
    const match = MODULE.exec(last)
    if (!match) continue
    parts[parts.length - 1] = last.slice(0, match.index)
    if (!parts.every(part => isIdentifier(part) && !KEYWORDS.has(part))) continue
    if (parts.at(-1) === '__init__' && parts.length > 1) parts.pop()
    found.add(parts.join('.'))
  }
  return [...found].sort()
}

type Fault = NonNullable<Inspected['validation_error']>

/** The first thing that is wrong, by wheel-inspect's names. */
function wheelFault(wheel: Wheel): Fault | undefined {
  const fault = (type: string, str: string): Fault => ({ type, str })
  const missing = (name: string) => `File not found in *.dist-info directory: '${name}'`
  if (wheel.distInfo === undefined)
    return fault(
      'DistInfoError',
      wheel.distInfos.length > 1
        ? 'Wheel contains multiple .dist-info directories'
        : 'No .dist-info directory in wheel',
    )
  if (!wheel.record) return fault('MissingRecordError', missing('RECORD'))
  if (!wheel.metadata) return fault('MissingMetadataError', missing('METADATA'))
  if (!wheel.wheelFile) return fault('MissingWheelInfoError', missing('WHEEL'))
  const listed = new Set<string>()
  for (const { path, algorithm, digest, hash, size } of wheel.record.rows) {
    listed.add(path)
    if (path.endsWith('/')) continue
    const member = wheel.members.get(path)
    if (!member) return fault('FileMissingError', `File declared in RECORD not found in archive: '${path}'`)
    if (hash === '') {
      if (path !== wheel.record.member)
        return fault('NullEntryError', `RECORD entry for '${path}' lacks both digest and size`)
      continue
    }
    const declared = numberOf(size)
    if (declared !== null && declared !== member.actualSize)
      return fault(
        'RecordSizeMismatchError',
        `Size of file '${path}' listed as ${declared} in RECORD, actually ${member.actualSize}`,
      )
    const actual = algorithm === 'sha256' ? member.sha256 : member.digests?.get(algorithm ?? '')
    if (!member.intact || (actual !== undefined && actual !== digest))
      return fault(
        'RecordDigestMismatchError',
        `${algorithm} digest of file '${path}' listed as '${digest}' in RECORD, actually '${actual ?? ''}'`,
      )
  }
  const signatures = new Set(['RECORD.jws', 'RECORD.p7s'].map(name => `${wheel.distInfo}/${name}`))
  const extra = wheel.members.files.find(({ path }) => !listed.has(path) && !signatures.has(path))
  return extra && fault('ExtraFileError', `File not declared in RECORD: '${extra.path}'`)
}
