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
import { bytesOf, LARGEST, loadSourceTree, type SourceTree, sizeOf, type TreeOptions } from './load.js'
import { sourceLocator } from './locate.js'
import { declaredIn, type ReadmeText, staticMetadata } from './static-metadata.js'
import { findCode, mayAddModules, NO_CODE, placedPackages, unmergedFiles } from './tree-code.js'
import { readFurtherFiles } from './version-files.js'

/** Files that are looked at where a pattern may mean any; no tree that a person keeps has more. */
const MOST_FILES = 50_000

/**
 * Reads a source tree as the sdist that would be made of it, as far as its files tell. `path` is its build file; `texts` take the
 * place of files on disk.
 */
export async function readTree(path: string, reading: Reading, { texts, base }: TreeOptions = {}): Promise<Sdist> {
  const folder = dirname(resolve(path))
  const source = await loadSourceTree(folder, { texts, base })
  const inside = source.folder === '' ? '' : `${source.folder}/`
  const own = below(source.files, inside)
  if (!own.has(basename(path))) throw new UsageError(`'${path}' cannot be read: ${await whyUnread(path)}.`)
  const described = readFolder(own, '')
  const { buildFile, pyproject } = described
  const top = basename(folder) || 'project'
  const bytes = new TextEncoder().encode(buildFile.text)
  const common = { path, filename: basename(path), size: bytes.length, sha256: hex(bytes) }
  const declared = declaredIn(described)
  const named = [declared.readme, pyproject && textAt(pyproject.document, 'project', 'license', 'file')].filter(
    name => name !== undefined,
  )
  const isRead = filesRead(own.get('pyproject.toml') ?? '')
  const listed = await listFiles(folder, named, isRead)
  const readsCode = reading.needs.has('python-imports')
  const code = readsCode ? await findCode(folder, declared.entries, placedPackages(described)) : NO_CODE
  const unmerged = readsCode ? await unmergedFiles(folder, listed, code.read) : new Map<string, number>()
  const files = [
    ...listed.filter(({ path }) => !code.sizes.has(path) && !unmerged.has(path)),
    ...Array.from(new Map([...code.sizes, ...unmerged]), ([path, size]) => ({ path, size })),
  ]
  const isWanted = (path: string) => isRead(path) || code.read.has(path) || unmerged.has(path)
  const readme = await readReadme(folder, top, declared.readme)
  const facts = await readAsSdist(
    common,
    options => readMembers({ folder, top, files, isWanted, texts: below(texts, inside) }, options),
    reading,
  )
  const { metadata, entryPoints, mayGive } = staticMetadata(described, declared, {
    readme,
    paths: listed.flatMap(({ path, isFolder }) => (isFolder ? [] : [path])),
  })
  const name = metadata?.value('Name')
  return {
    ...facts,
    top,
    metadata,
    entryPoints,
    project: name === undefined ? undefined : canonicalName(name.trim()),
    version: metadata?.value('Version'),
    texts: new Map([
      ...facts.texts,
      ...(
        await readFurtherFiles(folder, top, described, [
          ...membersOf(listed, own.get('pyproject.toml') ?? ''),
          ...(readsCode ? packagesOf(listed, name) : []),
        ])
      ).map(file => [file.member, file] as const),
      ...(readme ? [[readme.member, { ...readme, size: readme.text.length, cut: false }] as const] : []),
    ]),
    tree: {
      folder: source.folder,
      isInWorkspace: await isInWorkspace(folder, own.get('pyproject.toml') ?? ''),
      mayGive,
      locate: locatorOf(source, top, readme, pyproject?.document.project !== undefined),
      files: source.files,
      code: code.modules.map(({ path, parts }) => ({ member: `${top}/${path}`, parts })),
      // Of TOML that is not valid, its rule tells.
      isKnown: declared.isOpen !== true || facts.pyproject?.error !== undefined,
      brokenLine: declared.brokenLine,
      isWhole: listed.length < MOST_FILES,
      mayAddModules: mayAddModules(described),
      hasPkgInfo: (await sizeOf(join(folder, 'PKG-INFO'))) !== undefined,
    },
  }
}

/** Texts of files below a folder, by path below it. */
const below = (texts: ReadonlyMap<string, string> | undefined, folder: string): ReadonlyMap<string, string> =>
  new Map(
    [...(texts ?? [])].flatMap(([path, text]) => (path.startsWith(folder) ? [[path.slice(folder.length), text]] : [])),
  )

const hex = (bytes: Uint8Array) => sha256().update(bytes).digest('hex')

/** Files that may have a license text. */
const isLicense = (path: string): boolean =>
  /licen[cs]e|copying|copyright|notice|authors/i.test(path.slice(path.lastIndexOf('/') + 1)) ||
  /(?:^|\/)licenses\//i.test(path)

interface Listed {
  /** Relative to the project's folder, with `/`. */
  readonly path: string
  readonly size: number
  readonly isFolder?: boolean | undefined
}

/** Of files that nobody reads. */
const UNKNOWN_SIZE = 1

/** What is not a part of a project although it lies in its folder. */
const LEFT_OUT =
  /^(?:\.git|\.hg|\.svn|\.?venv|node_modules|__pycache__|\.tox|\.nox|\.eggs|site-packages|\.[a-z]+_cache)$|\.egg-info$/
/** The same at the top only: a package may have such a name. */
const LEFT_OUT_AT_TOP = /^(?:env|build|dist)$/

/** The files and folders of all below the folder, and those that are named. */
async function listFiles(
  folder: string,
  named: readonly string[],
  isRead: (path: string) => boolean,
): Promise<readonly Listed[]> {
  const found: Listed[] = []
  const wait: string[] = ['']
  for (let at = wait.shift(); at !== undefined && found.length < MOST_FILES; at = wait.shift()) {
    const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      if (LEFT_OUT.test(entry.name) || entry.name === 'PKG-INFO') continue
      if (at === '' && LEFT_OUT_AT_TOP.test(entry.name)) continue
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      if (entry.isDirectory()) {
        wait.push(path)
        found.push({ path, size: 0, isFolder: true })
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        const isKnown = entry.isFile() && at !== '' && !isLicense(path) && !isRead(path)
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

/** Files whose text says something about the project as a whole, or of what a build in Rust is made. */
/** The projects of a workspace of uv. */
const membersOf = (listed: readonly Listed[], pyproject: string): readonly string[] =>
  pyproject.includes('tool.uv.workspace')
    ? listed
        .flatMap(({ path }) => (/^(?:[^/]+\/){1,4}pyproject\.toml$/.test(path) ? [path] : []))
        .slice(0, MOST_MEMBERS)
    : []
const MOST_MEMBERS = 1000

/** The package that is named as the project: it may say the version once more. */
const packagesOf = (listed: readonly Listed[], name: string | undefined): readonly string[] => {
  const own = name === undefined ? undefined : canonicalName(name.trim()).replaceAll('-', '_')
  return listed.flatMap(({ path }) =>
    own !== undefined && path.endsWith(`${own}/__init__.py`) && path.split('/').length <= 3 ? [path] : [],
  )
}

/** Where the project takes another from the workspace of uv that it is in: is there one in a folder above? */
async function isInWorkspace(folder: string, pyproject: string): Promise<boolean> {
  if (!/workspace\s*=/.test(pyproject)) return false
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    const bytes = await bytesOf(join(above, 'pyproject.toml'))
    if (bytes && decodeUtf8(bytes).text.includes('tool.uv.workspace')) return true
  }
  return false
}

function filesRead(pyproject: string): (path: string) => boolean {
  const isRust = /maturin|setuptools-rust/.test(pyproject)
  const script = /mesonpy/.test(pyproject)
    ? 'meson.build'
    : /scikit[-_]build/.test(pyproject)
      ? 'CMakeLists.txt'
      : undefined
  // A build backend of the project itself.
  const [, module] = pyproject.includes('backend-path')
    ? (/^build-backend\s*=\s*["']([\w.]+)/m.exec(pyproject) ?? [])
    : []
  const backend = module?.replaceAll('.', '/')
  const isBackend = (path: string) =>
    [`/${backend}.py`, `/${backend}/__init__.py`].some(end => `/${path}`.endsWith(end))
  return path =>
    path === 'setup.py' ||
    (backend !== undefined && isBackend(path)) ||
    (!/[/]/.test(path) && !/\.py[a-z]?$/.test(path)) ||
    /^LICENSES?\//i.test(path) ||
    (script !== undefined && path.endsWith(`/${script}`)) ||
    (isRust && /(?:\/Cargo\.toml|\.rs)$/.test(path))
}

interface TreeFiles {
  readonly folder: string
  readonly top: string
  readonly files: readonly Listed[]
  isWanted(path: string): boolean
  /** Those that take the place of files on disk, by path below the folder. */
  readonly texts: ReadonlyMap<string, string>
}

async function readMembers(
  { folder, top, files, isWanted, texts }: TreeFiles,
  { interest }: ReadOptions,
): Promise<Archive> {
  const members: Member[] = []
  for (const { path, size, isFolder } of files) {
    const header: MemberHeader = {
      path: `${top}/${path}`,
      type: isFolder ? 'directory' : 'file',
      size,
      compressedSize: size,
      mode: 0o644,
      mtime: undefined,
      link: undefined,
      offset: 0,
    }
    const consumer = !isFolder && isWanted(path) && size <= LARGEST ? interest(header)?.consumer : undefined
    const text = texts.get(path)
    const bytes = consumer && (text === undefined ? await bytesOf(join(folder, path)) : new TextEncoder().encode(text))
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

/** Fields that are put together from several values of `[project]`. */
const JOINED = /^(?:Author|Maintainer)(?:-email)?$/

/** Where a finding belongs: the line of the file that it points to, or the key or table that its field comes from. */
function locatorOf(source: SourceTree, top: string, readme: ReadmeText | undefined, hasProject: boolean) {
  const locator = sourceLocator(source)
  const prefix = source.folder === '' ? '' : `${source.folder}/`
  const lines = readme && linesOf(readme.text)
  return ({ location }: Finding): SourceLocation | undefined => {
    const { member, line, column, field, value, mark } = location
    // A core metadata field is found by its name, a key path by its file.
    const isKeyPath = field !== undefined && coreField(field) === undefined
    const isJoined = hasProject && JOINED.test(field ?? '')
    const about = isJoined ? (mark ?? value) : value
    const written = locator({ field, value: about, mark, member: isKeyPath ? member : undefined }, undefined)
    if (member === undefined || isJoined) return written
    const path = `${prefix}${member.startsWith(`${top}/`) ? member.slice(top.length + 1) : member}`
    if (line === undefined) return field === undefined ? { path, line: 1 } : written
    if (column !== undefined) {
      const endColumn = column + Math.max(1, (mark ?? value ?? '').split('\n', 1)[0]?.length ?? 1)
      const isKey = field === 'Description' && written && { key: { path: written.path, line: written.line } }
      return { path, line, column, endColumn, ...isKey }
    }
    if (member !== readme?.member || !lines)
      return field === undefined && !BUILD_FILE.test(path) ? { path, line } : written
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

/** What they say has a place of its own, which may be in another of them. */
const BUILD_FILE = /(?:^|\/)(?:setup\.(?:py|cfg)|pyproject\.toml)$/

async function whyUnread(path: string): Promise<string> {
  const size = await sizeOf(path)
  if (size === undefined) return 'not a regular file'
  return size > LARGEST ? 'it is larger than 4 MB' : 'its text cannot be read'
}
