import { readdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Archive, Member, MemberHeader, ReadOptions } from '../archive/archive.js'
import { landing } from '../archive/landing.js'
import type { Sdist } from '../distribution/distribution.js'
import { type Reading, readAsSdist } from '../distribution/read.js'
import type { Finding, SourceLocation } from '../finding.js'
import { sha256 } from '../runtime.js'
import { coreField } from '../standards/core-metadata.js'
import { canonicalName } from '../standards/name.js'
import { linesOf } from '../text/lines.js'
import { decodeUtf8 } from '../text/utf8.js'
import { UsageError } from '../usage-error.js'
import { textAt } from './document.js'
import { readFolder } from './folder.js'
import { bytesOf, LARGEST, loadSourceTree, type SourceTree, sizeOf } from './load.js'
import { sourceLocator } from './locate.js'
import { type ReadmeText, staticMetadata } from './static-metadata.js'

/** Files that are looked at where a pattern may mean any; no tree that a person keeps has more. */
const MOST_FILES = 50_000

/** Reads a source tree as the sdist that would be made of it, as far as its files tell. `path` is its build file. */
export async function readTree(path: string, reading: Reading): Promise<Sdist> {
  const folder = dirname(resolve(path))
  const source = await loadSourceTree(folder)
  const inside = source.folder === '' ? '' : `${source.folder}/`
  const own = new Map(
    [...source.files].flatMap(([name, text]) => (name.startsWith(inside) ? [[name.slice(inside.length), text]] : [])),
  )
  if (!own.has(basename(path))) throw new UsageError(`'${path}' cannot be read: ${await whyUnread(path)}.`)
  const described = readFolder(own, '')
  const { buildFile, pyproject } = described
  const top = basename(folder) || 'project'
  const bytes = new TextEncoder().encode(buildFile.text)
  const common = { path, filename: basename(path), size: bytes.length, sha256: hex(bytes) }
  const named = [
    pyproject && textAt(pyproject.document, 'project', 'readme'),
    pyproject && textAt(pyproject.document, 'project', 'readme', 'file'),
    pyproject && textAt(pyproject.document, 'project', 'license', 'file'),
  ].filter(name => name !== undefined)
  const beside = await listFiles(folder, false, named)
  const isDeep = [...own.values()].some(text => ASKS_FOR_ALL.test(text)) || !beside.some(({ path }) => isLicense(path))
  const listed = isDeep ? await listFiles(folder, true, named) : beside
  const readme = await readReadme(folder, top, named[0])
  const facts = await readAsSdist(common, options => readMembers(folder, top, listed, options), reading)
  const { metadata, mayGive } = staticMetadata({
    folder: described,
    readme: name => (name === named[0] ? readme : undefined),
    paths: listed.map(file => file.path),
  })
  const name = metadata?.value('Name')
  return {
    ...facts,
    top,
    metadata,
    entryPoints: undefined,
    project: name === undefined ? undefined : canonicalName(name.trim()),
    version: metadata?.value('Version'),
    texts: readme
      ? new Map([...facts.texts, [readme.member, { ...readme, size: readme.text.length, cut: false }]])
      : facts.texts,
    tree: { folder: source.folder, mayGive, locate: locatorOf(source, top, readme), files: source.files },
  }
}

const hex = (bytes: Uint8Array) => sha256().update(bytes).digest('hex')

/** What asks for files anywhere in the tree. */
const ASKS_FOR_ALL = /license[-_]files|backend-path|dynamic-metadata/

/** Files that may have a license text: without one next to the build file, it is looked for below. */
const isLicense = (path: string): boolean =>
  /licen[cs]e|copying|copyright|notice|authors/i.test(path.slice(path.lastIndexOf('/') + 1)) ||
  /(?:^|\/)licenses\//i.test(path)

interface Listed {
  /** Relative to the project's folder, with `/`. */
  readonly path: string
  readonly size: number
}

/** Of files that nobody reads. */
const UNKNOWN_SIZE = 1

/** What is not a part of a project although it lies in its folder. */
const LEFT_OUT =
  /^(?:\.git|\.hg|\.svn|\.?venv|env|node_modules|__pycache__|\.tox|\.nox|\.eggs|build|dist|site-packages|\.[a-z]+_cache)$|\.egg-info$/

/** The files of the folder, or of all below it, and those that are named. */
async function listFiles(folder: string, isDeep: boolean, named: readonly string[]): Promise<readonly Listed[]> {
  const found: Listed[] = []
  const wait: string[] = ['']
  for (let at = wait.shift(); at !== undefined && found.length < MOST_FILES; at = wait.shift()) {
    const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (LEFT_OUT.test(entry.name) || entry.name === 'PKG-INFO') continue
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory()) {
        if (isDeep) wait.push(path)
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        const isKnown = entry.isFile() && at !== '' && !isLicense(path)
        const size = isKnown ? UNKNOWN_SIZE : await sizeOf(join(folder, path))
        if (size !== undefined) found.push({ path, size })
      }
    }
  }
  for (const name of named) {
    const path = name.replace(/^(?:\.\/)+/, '')
    if (!path.includes('/') || found.some(file => file.path === path)) continue
    const size = await sizeOf(join(folder, path))
    if (size !== undefined) found.push({ path, size })
  }
  return found
}

/** Files whose text says something about the project as a whole. */
const isRead = (path: string) =>
  path === 'setup.py' || (!/[/]/.test(path) && !/\.py[a-z]?$/.test(path)) || /^LICENSES?\//i.test(path)

async function readMembers(
  folder: string,
  top: string,
  listed: readonly Listed[],
  { interest }: ReadOptions,
): Promise<Archive> {
  const members: Member[] = []
  for (const { path, size } of listed) {
    const header: MemberHeader = {
      path: `${top}/${path}`,
      type: 'file',
      size,
      compressedSize: size,
      mode: 0o644,
      mtime: undefined,
      link: undefined,
      offset: 0,
    }
    const consumer = isRead(path) && size <= LARGEST ? interest(header)?.consumer : undefined
    const bytes = consumer && (await bytesOf(join(folder, path)))
    if (bytes) consumer.write(bytes)
    consumer?.end?.(bytes !== undefined)
    members.push({ ...header, actualSize: size, sha256: '', digests: undefined, intact: true })
  }
  return { format: 'tar', members, problems: [] }
}

async function readReadme(folder: string, top: string, name: string | undefined): Promise<ReadmeText | undefined> {
  // A backend does not read it outside of the tree, and neither does this.
  if (name === undefined || !landing(name)) return undefined
  const bytes = await bytesOf(join(folder, name))
  return bytes && { member: `${top}/${name}`, ...decodeUtf8(bytes) }
}

/** Fields that are put together from several values. */
const JOINED = /^(?:Author|Maintainer)(?:-email)?$/

/** Where a finding belongs: the line of the file that it points to, or the key or table that its field comes from. */
function locatorOf(source: SourceTree, top: string, readme: ReadmeText | undefined) {
  const locator = sourceLocator(source)
  const prefix = source.folder === '' ? '' : `${source.folder}/`
  const lines = readme && linesOf(readme.text)
  return ({ location }: Finding): SourceLocation | undefined => {
    const { member, line, column, field, value, mark } = location
    // A core metadata field is found by its name, a key path by its file.
    const isKeyPath = field !== undefined && coreField(field) === undefined
    const written = locator({ field, value, mark, member: isKeyPath ? member : undefined }, undefined)
    if (member === undefined || JOINED.test(field ?? '')) return written
    const path = `${prefix}${member.startsWith(`${top}/`) ? member.slice(top.length + 1) : member}`
    if (line === undefined) return field === undefined ? { path, line: 1 } : written
    if (column !== undefined) {
      const endColumn = column + Math.max(1, (mark ?? value ?? '').split('\n', 1)[0]?.length ?? 1)
      const isKey = field === 'Description' && written && { key: { path: written.path, line: written.line } }
      return { path, line, column, endColumn, ...isKey }
    }
    if (member !== readme?.member || !lines) return written
    const text = lines.text(line) ?? ''
    return {
      path,
      line,
      column: 1,
      endColumn: text.length + 1,
      ...(written && { key: { path: written.path, line: written.line } }),
    }
  }
}

async function whyUnread(path: string): Promise<string> {
  const size = await sizeOf(path)
  if (size === undefined) return 'not a regular file'
  return size > LARGEST ? 'it is larger than 4 MB' : 'its text cannot be read'
}
