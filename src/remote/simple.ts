import { basename } from 'node:path/posix'
import { kindByName } from '../distribution/kind.js'
import { parseWheelFilename } from '../standards/filenames.js'
import { canonicalName } from '../standards/name.js'
import { parseSpecifiers } from '../standards/specifier.js'
import { compareVersions, tryVersion, type Version } from '../standards/version.js'
import { decodeUtf8 } from '../text/utf8.js'
import { quote } from '../wording.js'
import { decoded } from './basic.js'

/** A file of a project, as the page of the index lists it. */
export interface IndexFile {
  readonly filename: string
  readonly url: URL
  readonly sha256: string | undefined
  readonly size: number | undefined
  readonly requiresPython: string | undefined
  /** The reason, which may be empty; undefined: it is not yanked. */
  readonly yanked: string | undefined
  /** There is a metadata file; its SHA-256 in hex, where that is stated. */
  readonly metadata: { readonly sha256: string | undefined } | undefined
  readonly provenance: URL | undefined
}

export interface IndexPage {
  readonly files: readonly IndexFile[]
  /** PEP 792: `archived`, `deprecated`, `quarantined`; undefined for `active` and where it is not stated. */
  readonly status: string | undefined
  readonly reason: string | undefined
}

/** A project as the list of an index has it. */
export interface ListedProject {
  readonly name: string
  /** Changes when its files do, where the index says so. */
  readonly serial: string | undefined
}

/** What is asked for: JSON where the index has it. */
export const ACCEPTED =
  'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1'

/** A page that is not one. The message completes a sentence after a colon. */
export class PageError extends Error {
  override readonly name = 'PageError'
}

/** Reads the page of a project. `at`: its address, after redirects. @throws PageError */
export function readPage(bytes: Uint8Array, contentType: string, at: URL): IndexPage {
  const { text } = decodeUtf8(bytes)
  return /json/i.test(contentType) ? readJson(text, at) : readHtml(text, contentType, at)
}

const SHA256 = /^[0-9a-f]{64}$/i
const sha256Of = (value: unknown): string | undefined =>
  typeof value === 'string' && SHA256.test(value) ? value.toLowerCase() : undefined
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function checkVersion(version: string | undefined): void {
  const major = version === undefined ? 1 : Number.parseInt(version, 10)
  if (major !== 1) throw new PageError(`it has version ${version} of the API, and distaudit knows version 1`)
}

/** Only what can be fetched over HTTP. */
function urlOf(text: string | undefined, base: URL): URL | undefined {
  if (text === undefined || !URL.canParse(text, base.href)) return undefined
  const url = new URL(text, base)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  return url
}

/** Reads the list of projects. `at`: its address, after redirects. @throws PageError */
export function readProjects(bytes: Uint8Array, contentType: string, at: URL): readonly ListedProject[] {
  const { text } = decodeUtf8(bytes)
  if (!/json/i.test(contentType))
    return htmlPage(text, contentType, at).links.flatMap(({ text }) =>
      text === '' ? [] : { name: text, serial: undefined },
    )
  const page = parsedJson(text)
  if (!isObject(page) || !Array.isArray(page.projects)) throw new PageError('it has no projects')
  checkVersion(isObject(page.meta) ? textOf(page.meta['api-version']) : undefined)
  return (page.projects as unknown[]).flatMap(project => {
    const name = isObject(project) ? textOf(project.name) : undefined
    if (!isObject(project) || name === undefined) return []
    const serial = project['_last-serial']
    return { name, serial: typeof serial === 'number' || typeof serial === 'string' ? String(serial) : undefined }
  })
}

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Levels of a page; pages of the API have five. */
const DEEPEST = 32

/** Each level of a text that only opens brackets would take 60 times its bytes. */
function isDeep(text: string): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (inString) {
      if (unit === 0x5c) at++
      else if (unit === 0x22) inString = false
    } else if (unit === 0x22) inString = true
    else if (unit === 0x5b || unit === 0x7b) {
      depth++
      if (depth > DEEPEST) return true
    } else if (unit === 0x5d || unit === 0x7d) depth--
  }
  return false
}

function parsedJson(text: string): unknown {
  if (isDeep(text)) throw new PageError('its JSON is nested too deeply')
  try {
    return JSON.parse(text)
  } catch {
    throw new PageError('it is not valid JSON')
  }
}

/** PEP 691, 700, 714, 740, 792. */
function readJson(text: string, at: URL): IndexPage {
  const page = parsedJson(text)
  if (!isObject(page) || !Array.isArray(page.files))
    throw new PageError('it is not a page of a project: it has no files')
  checkVersion(isObject(page.meta) ? textOf(page.meta['api-version']) : undefined)
  const status = isObject(page['project-status']) ? page['project-status'] : {}
  return {
    ...statusOf(textOf(status.status), textOf(status.reason)),
    files: (page.files as unknown[]).flatMap(file => {
      if (!isObject(file)) return []
      const url = urlOf(textOf(file.url), at)
      const filename = textOf(file.filename)
      if (url === undefined || filename === undefined) return []
      const metadata = file['core-metadata'] ?? file['dist-info-metadata']
      const size = Number.isSafeInteger(file.size) && (file.size as number) >= 0 ? (file.size as number) : undefined
      return {
        filename,
        url,
        sha256: sha256Of(isObject(file.hashes) ? file.hashes.sha256 : undefined),
        size,
        requiresPython: textOf(file['requires-python']),
        yanked: file.yanked === true ? '' : textOf(file.yanked),
        metadata: isObject(metadata)
          ? { sha256: sha256Of(metadata.sha256) }
          : metadata === true
            ? { sha256: undefined }
            : undefined,
        provenance: urlOf(textOf(file.provenance), at),
      }
    }),
  }
}

const statusOf = (status: string | undefined, reason: string | undefined): Pick<IndexPage, 'status' | 'reason'> =>
  status === undefined || status === 'active' ? { status: undefined, reason: undefined } : { status, reason }

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Where the text behind it begins. */
  readonly end: number
}

/** PEP 503, 592, 629, 658, 714, 740, 792. */
function readHtml(text: string, contentType: string, at: URL): IndexPage {
  const { metas, links, base } = htmlPage(text, contentType, at)
  return {
    ...statusOf(metas.get('pypi:project-status'), metas.get('pypi:project-status-reason')),
    files: links.flatMap(link => fileOf(link, base) ?? []),
  }
}

/** A link of a page. */
interface Link {
  readonly attributes: ReadonlyMap<string, string>
  readonly text: string
}

interface HtmlPage {
  readonly metas: ReadonlyMap<string, string>
  readonly links: readonly Link[]
  /** What its addresses are relative to. */
  readonly base: URL
}

/** @throws PageError */
function htmlPage(text: string, contentType: string, at: URL): HtmlPage {
  const metas = new Map<string, string>()
  const links: Link[] = []
  let base = at
  let isPage = false
  for (const { name, attributes, end } of tagsIn(text)) {
    if (name === 'html' || name === 'body' || name === 'a') isPage = true
    if (name === 'meta') metas.set(attributes.get('name') ?? '', attributes.get('content') ?? '')
    if (name === 'base') base = urlOf(attributes.get('href'), at) ?? base
    if (name === 'a') links.push({ attributes, text: unescaped(text.slice(end, endOf(text, end))).trim() })
  }
  if (!isPage) throw new PageError(`it is neither HTML nor JSON, and its Content-Type is ${quote(contentType)}`)
  checkVersion(metas.get('pypi:repository-version'))
  return { metas, links, base }
}

function endOf(text: string, from: number): number {
  const end = text.indexOf('<', from)
  return end < 0 ? text.length : end
}

function fileOf({ attributes }: Link, base: URL): IndexFile | undefined {
  const url = urlOf(attributes.get('href'), base)
  if (url === undefined) return undefined
  // The text of the link is the same, where an index does as it must; pip goes by the address.
  const filename = decoded(basename(url.pathname))
  const metadata = attributes.get('data-core-metadata') ?? attributes.get('data-dist-info-metadata')
  const hash = new URLSearchParams(url.hash.slice(1)).get('sha256')
  url.hash = ''
  return {
    filename,
    url,
    sha256: sha256Of(hash),
    size: undefined,
    requiresPython: attributes.get('data-requires-python'),
    yanked: attributes.get('data-yanked'),
    metadata:
      metadata === undefined || metadata === 'false'
        ? undefined
        : { sha256: sha256Of(metadata.replace(/^sha256=/, '')) },
    provenance: urlOf(attributes.get('data-provenance'), base),
  }
}

const NAME = /[a-z][a-z0-9]*/iy
const ATTRIBUTE = /[\s/]*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/y

/** The tags of a text, each looked at once; comments are left out. */
function* tagsIn(text: string): Generator<Tag> {
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const end = text.indexOf('-->', at + 4)
      if (end < 0) return
      at = end + 3
      continue
    }
    NAME.lastIndex = at + 1
    const name = NAME.exec(text)?.[0]
    if (name === undefined) {
      at += 1
      continue
    }
    at += 1 + name.length
    const attributes = new Map<string, string>()
    for (;;) {
      ATTRIBUTE.lastIndex = at
      const found = ATTRIBUTE.exec(text)
      if (!found) break
      const [all, key = '', double, single, bare] = found
      at += all.length
      const lower = key.toLowerCase()
      if (!attributes.has(lower)) attributes.set(lower, unescaped(double ?? single ?? bare ?? ''))
    }
    const end = text.indexOf('>', at)
    if (end < 0) return
    at = end + 1
    yield { name: name.toLowerCase(), attributes, end: at }
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const unescaped = (text: string): string =>
  text.replace(/&(?:#(x[0-9a-f]{1,6}|[0-9]{1,7})|([a-z]{2,6}));/gi, (all, number?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all
    const code =
      number?.startsWith('x') || number?.startsWith('X') ? Number.parseInt(number.slice(1), 16) : Number(number)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })

/** Versions that are equal have it in common: `1.0` and `1`. */
function keyOf({ epoch, release, pre, post, dev, local }: Version): string {
  const numbers = [...release]
  while (numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop()
  return [epoch, numbers.join('.'), pre?.join('') ?? '', post ?? '', dev ?? '', local?.join('.') ?? ''].join('|')
}

/** No system keeps a file of such a name, and to look for a version in it could take hours. */
const LONGEST_NAME = 1024

/** The version that a file's name says, where the file is one of the project. */
export function versionOf(filename: string, project: string): Version | undefined {
  if (filename.length > LONGEST_NAME) return undefined
  const kind = kindByName(filename)
  try {
    if (kind === 'wheel') {
      const { name, version } = parseWheelFilename(filename)
      return canonicalName(name) === project ? tryVersion(String(version)) : undefined
    }
    if (kind !== 'sdist') return undefined
    const stem = filename.replace(/\.(?:tar\.(?:gz|bz2|xz|Z)|tgz|tar|zip)$/, '')
    // The name of an old one may have hyphens.
    for (let at = stem.indexOf('-'); at >= 0; at = stem.indexOf('-', at + 1))
      if (canonicalName(stem.slice(0, at)) === project) {
        const version = tryVersion(stem.slice(at + 1))
        if (version) return version
      }
  } catch {
    // Nobody's file.
  }
  return undefined
}

export interface Found {
  readonly version: Version
  /** Wheels and sdists, as the page orders them. */
  readonly files: readonly IndexFile[]
}

/**
 * The newest release that pip would take of what a specifier allows: pre-releases where there is nothing else or the specifier
 * names one, yanked files only where it names their version alone (PEP 592).
 */
export function newestRelease(
  { files }: IndexPage,
  project: string,
  specifier: string,
  prereleases: boolean,
): Found | undefined {
  const set = parseSpecifiers(specifier)
  const pins = set.clauses.some(({ operator, wildcard }) => operator === '===' || (operator === '==' && !wildcard))
  const versions = new Map<string, Found & { readonly files: IndexFile[] }>()
  for (const file of files) {
    const version = versionOf(file.filename, project)
    if (!version || (file.yanked !== undefined && !pins)) continue
    const key = keyOf(version)
    const known = versions.get(key)
    if (known) known.files.push(file)
    else versions.set(key, { version, files: [file] })
  }
  const every = [...versions.values()]
  const allowed = prereleases
    ? every.filter(({ version }) => set.contains(version, { prereleases: true }))
    : set.filter(every.map(({ version }) => version)).map(version => versions.get(keyOf(version)))
  const sorted = allowed.filter(found => found !== undefined).sort((a, b) => compareVersions(b.version, a.version))
  return sorted[0]
}
