import { readFileSync, realpathSync, statSync } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { decodeUtf8 } from '../text/utf8.js'
import { UsageError } from '../usage-error.js'
import { reasonOf } from '../wording.js'
import { exclusionsIn } from './exclusions.js'
import { BUILD_FILES, PROJECT_FILES, type ProjectFolder, projectNames, readFolder } from './folder.js'
import { readGitIndex } from './git-index.js'
import type { Project } from './project.js'
import { readmesIn } from './readme.js'
import type { SourceContext } from './source-context.js'

/** The checkout that the reports point into. */
export interface SourceTree {
  /** Absolute real path of the repository: the folder with `.git`, else the project's. */
  readonly root: string
  /** The project's folder relative to the root, with `/`; '' when it is the root. */
  readonly folder: string
  /** Texts by path relative to the root. */
  readonly files: ReadonlyMap<string, string>
  /** Texts of the README files, by path relative to the root. */
  readonly readmes: ReadonlyMap<string, string>
  readonly context: SourceContext
}

export interface TreeOptions {
  /** Texts of files that take the place of those on disk, by path below the root. */
  readonly texts?: ReadonlyMap<string, string> | undefined
  /** A folder above that is the root instead, see `commonRoot`. */
  readonly base?: string | undefined
}

/** Larger ones are no files that a person keeps. */
export const LARGEST = 4 * 1024 * 1024

/**
 * The project around `root`, compared with what git tracks there; without a root the one around the working directory, if any.
 * `base`: see `TreeOptions`.
 * @throws UsageError when a given root is not a directory.
 */
export async function loadProject(
  root: string | undefined,
  cwd: string,
  base?: string,
): Promise<(Project & SourceTree) | undefined> {
  const tree = await loadSourceTree(root ?? cwd, { base }).catch((error: Error) => {
    if (root === undefined) return undefined
    throw new UsageError(`The source root '${root}' cannot be read: ${reasonOf(error)}.`)
  })
  if (!tree) return undefined
  const names = projectNames(tree)
  // A tree that was only found around the working directory is compared with the releases of its own project alone.
  const index = root === undefined && names.length === 0 ? undefined : await readGitIndex(tree.root)
  const excluded = exclusionsIn([...tree.files.values()])
  const code = (path: string) => codeAt(join(tree.root, path))
  return { ...tree, code, tracked: index && { ...index, folder: tree.folder, names, excluded } }
}

/** The text of a file of the code; few findings ask for one. */
function codeAt(path: string): string | undefined {
  try {
    return statSync(path).size > LARGEST ? undefined : decodeUtf8(readFileSync(path)).text
  } catch {
    return undefined
  }
}

/** The folder of the project around a folder: the first with a build file, not above the repository. */
export const projectFolder = (from: string): Promise<string | undefined> =>
  realpath(from)
    .then(foldersAround)
    .then(
      ({ built }) => built,
      () => undefined,
    )

async function foldersAround(start: string) {
  const repository = await upward(start, folder => exists(join(folder, '.git')))
  const above = repository === undefined ? undefined : dirname(repository)
  return { repository, built: await upward(start, hasBuildFile, above) }
}

/**
 * The folder above source trees that are not of one repository, so that paths tell them apart: the working directory where it is
 * above all. Undefined for one tree, or for one repository.
 */
export async function commonRoot(folders: readonly string[]): Promise<string | undefined> {
  const roots = new Set<string>()
  for (const folder of folders) {
    const start = await realpath(folder).catch(() => resolve(folder))
    const { repository, built } = await foldersAround(start)
    roots.add(repository ?? built ?? start)
  }
  const [first, ...others] = roots
  if (first === undefined || others.length === 0) return undefined
  const hasAll = (folder: string) => [...roots].every(root => folder === root || insideOf(folder, root) !== undefined)
  const here = await realpath('.')
  return hasAll(here) ? here : upward(first, async folder => hasAll(folder))
}

/**
 * The project around a folder: upward to the first folder with a build file, not above the repository. Without a build file
 * the repository's root (or the folder itself) is taken, so that paths are still relative to it.
 * @throws Error when the folder does not exist or is a file.
 */
export async function loadSourceTree(from: string, { texts, base }: TreeOptions = {}): Promise<SourceTree> {
  const start = await realpath(from)
  if (!(await stat(start)).isDirectory()) throw new Error(`'${from}' is not a directory`)
  const { repository, built } = await foldersAround(start)
  const project = built ?? repository ?? start
  const isBelow = base !== undefined && (project === base || insideOf(base, project) !== undefined)
  const root = isBelow ? base : (repository ?? project)
  const folder = slashes(relative(root, project))
  const files = new Map<string, string>()
  for (const name of PROJECT_FILES) {
    const path = folder === '' ? name : `${folder}/${name}`
    const text = texts?.get(path) ?? (await readText(join(project, name)))
    if (text !== undefined) files.set(path, text)
  }
  const readmes = await readReadmes(root, project, readFolder(files, folder))
  return { root, folder, files, readmes, context: contextOf(root, new Map([...readmes, ...files])) }
}

/** The README files that the project names, links resolved; none outside of the root. */
async function readReadmes(root: string, project: string, described: ProjectFolder) {
  const readmes = new Map<string, string>()
  for (const name of readmesIn(described, await readdir(project).catch(() => []))) {
    const path = await realpath(join(project, name)).catch(() => undefined)
    if (path === undefined) continue
    const inside = insideOf(root, path)
    const text = inside === undefined ? undefined : await readText(path)
    if (inside !== undefined && text !== undefined) readmes.set(inside, text)
  }
  return readmes
}

function contextOf(root: string, files: ReadonlyMap<string, string>): SourceContext {
  const known = new Map<string, string | undefined>()
  return {
    relative(path) {
      if (!known.has(path)) known.set(path, relativeToRoot(root, path))
      return known.get(path)
    },
    text: path => files.get(path),
  }
}

/** Relative to the root with links resolved; undefined outside of it. */
const relativeToRoot = (root: string, path: string) => insideOf(root, real(resolve(path)))

function insideOf(root: string, path: string): string | undefined {
  const inside = relative(root, path)
  return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside
    ? undefined
    : slashes(inside)
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return dirname(path) === path ? path : join(real(dirname(path)), basename(path))
  }
}

const slashes = (path: string) => (sep === '/' ? path : path.replaceAll(sep, '/'))

/** The first folder upward for which `is` is true; `stop` itself is no longer looked at. */
async function upward(
  start: string,
  is: (folder: string) => Promise<boolean>,
  stop?: string,
): Promise<string | undefined> {
  for (let folder = start; folder !== stop; folder = dirname(folder)) {
    if (await is(folder)) return folder
    if (folder === dirname(folder)) return undefined
  }
  return undefined
}

async function hasBuildFile(folder: string): Promise<boolean> {
  for (const name of BUILD_FILES) if (await exists(join(folder, name))) return true
  return false
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const readText = async (path: string): Promise<string | undefined> => (await bytesOf(path))?.toString('utf8')

/** The bytes of a regular file that a person may keep: a device or a pipe may never end. Undefined for any other. */
export async function bytesOf(path: string): Promise<Buffer | undefined> {
  const size = await sizeOf(path)
  return size === undefined || size > LARGEST ? undefined : readFile(path).catch(() => undefined)
}

/** Bytes of a regular file, also behind a link; undefined for what is none. */
export const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    found => (found.isFile() ? found.size : undefined),
    () => undefined,
  )
