import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { TreeInput } from './audit.js'
import { companionName } from './distribution/companion.js'
import type { UnknownFile } from './distribution/distribution.js'
import { kindByName } from './distribution/kind.js'
import type { Input } from './distribution/read.js'
import { unreadable } from './distribution/read.js'
import { BUILD_FILES } from './project/folder.js'
import type { Given } from './run.js'
import { fileSource } from './source/file.js'
import { MediumError } from './source/medium-error.js'
import { UsageError } from './usage-error.js'
import { someQuoted } from './wording.js'

/** A file to audit: opened only when its turn comes. */
export interface Target {
  readonly path: string
  readonly filename: string
  /** Set when it cannot be read: it is then a finding. */
  readonly broken?: UnknownFile | undefined
  /** It is the build file that stands for a source tree. */
  readonly tree?: boolean | undefined
}

/** A target that a run opens itself. */
export type GivenTarget = Target & Given

export interface Expanded {
  readonly targets: readonly Target[]
  /** Files of directories that are no distributions by their name. */
  readonly passedOver: number
}

export interface ExpandOptions {
  /** Of directories, take the files of draft standards too. */
  readonly preview?: boolean | undefined
}

/**
 * The files that the given paths mean: files as they are, and of a directory the distributions directly in it, with their
 * signatures and attestations.
 * @throws UsageError when a path does not exist, or nothing is left to audit.
 */
export async function expandPaths(paths: readonly string[], options: ExpandOptions = {}): Promise<Expanded> {
  const targets = new Map<string, Target>()
  let passedOver = 0
  for (const path of paths) {
    const found = await expandPath(path, options)
    passedOver += found.passedOver
    for (const target of found.targets) targets.set(target.path, target)
  }
  if (targets.size === 0) throw nothingIn(paths)
  return { targets: [...targets.values()], passedOver }
}

export const nothingIn = (paths: readonly string[]): UsageError =>
  new UsageError(`There is nothing to audit: no wheel or sdist in ${someQuoted(paths)}.`)

/** What one path means; an empty directory means nothing. @throws UsageError when it does not exist. */
export async function expandPath(path: string, options: ExpandOptions): Promise<Expanded> {
  const filename = basename(path)
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    // Node has put this character in the place of bytes that it cannot tell: the file may well be there.
    if (path.includes('\ufffd')) return new Error('its name is not UTF-8, and Node opens no such file')
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      throw new UsageError(`There is no file or directory '${path}'.`)
    return error
  })
  if (info instanceof Error) return one(broken(path, filename, info))
  const tree = info.isDirectory()
    ? await treeIn(path)
    : BUILD_FILES.includes(filename)
      ? await treeIn(dirname(path))
      : undefined
  if (!info.isDirectory() && tree === undefined)
    return one(info.isFile() ? { path, filename } : special(path, filename))
  if (tree !== undefined && !info.isDirectory()) return one(treeTarget(tree))
  if (kindByName(filename) === 'unknown') {
    const found = await distributionsIn(path, options)
    // The other files of a project's folder are what is audited.
    return tree === undefined ? found : { targets: [treeTarget(tree), ...found.targets], passedOver: 0 }
  }
  return one({ path, filename, broken: unreadable(path, filename, 'directory') })
}

const one = (target: Target): Expanded => ({ targets: [target], passedOver: 0 })

async function distributionsIn(folder: string, options: ExpandOptions): Promise<Expanded> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new UsageError(`The directory '${folder}' cannot be read: ${error.message}.`)
  })
  const named = entries.filter(entry => isWanted(entry.name, options))
  const targets = named
    .map(({ name }) => name)
    .sort()
    .map(name => ({ path: join(folder, name), filename: name }))
  const rest = entries.filter(entry => !named.includes(entry) && !entry.isDirectory())
  return { targets, passedOver: rest.length }
}

const isWanted = (name: string, { preview }: ExpandOptions): boolean =>
  kindByName(name) !== 'unknown' || companionName(name) !== undefined || (preview === true && name.endsWith('.whlx'))

/** The build file of a project's folder, which stands for its source tree. */
async function treeIn(folder: string): Promise<string | undefined> {
  for (const name of BUILD_FILES) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile()) return path
  }
  return undefined
}

const treeTarget = (path: string): Target => ({ path, filename: basename(path), tree: true })

const broken = (path: string, filename: string, error: Error): Target => ({
  path,
  filename,
  broken: unreadable(path, filename, 'unreadable', error.message),
})

const special = (path: string, filename: string): Target => broken(path, filename, new Error('it is no regular file'))

/** The targets as a run takes them. */
export const givenTargets = (targets: readonly Target[]): readonly GivenTarget[] =>
  targets.map(target => ({ ...target, open: () => (target.tree ? openTree(target) : openTarget(target)) }))

/** Who reads source trees loads when there is one. */
async function openTree({ path }: Target): Promise<TreeInput> {
  const { readTree } = await import('./project/tree.js')
  return { readTree: reading => readTree(path, reading) }
}

/** Opens a target; one that cannot be opened comes back as a fact. */
export async function openTarget(target: Target): Promise<Input | UnknownFile> {
  if (target.broken) return target.broken
  const { path, filename } = target
  try {
    return { path, filename, source: await fileSource(path) }
  } catch (error) {
    if (!(error instanceof MediumError)) throw error
    const info = await stat(path).catch(() => undefined)
    if (info?.isDirectory()) return unreadable(path, filename, 'directory')
    return unreadable(path, filename, 'unreadable', error.message)
  }
}
