import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { append } from './append.js'
import type { Opener, TreeInput } from './audit.js'
import { companionName } from './distribution/companion.js'
import type { UnknownFile } from './distribution/distribution.js'
import { kindByName } from './distribution/kind.js'
import type { Input } from './distribution/read.js'
import { unreadable } from './distribution/read.js'
import { searchFolder } from './inputs/search.js'
import { BUILD_FILES } from './project/folder.js'
import { commonRoot, projectFolder, type TreeOptions } from './project/load.js'
import type { Given } from './run.js'
import { descriptorSource, fileSource } from './source/file.js'
import { MediumError } from './source/medium-error.js'
import { isAddress } from './source/source.js'
import { didYouMean } from './text/nearest.js'
import { UsageError } from './usage-error.js'
import { isUnspeakable, NOT_UTF8, plural, reasonOf, someQuoted, thousands } from './wording.js'

/** A file to audit: opened only when its turn comes. */
export interface Target extends TreeOptions {
  readonly path: string
  readonly filename: string
  /** Set when it cannot be read: it is then a finding. */
  readonly broken?: UnknownFile | undefined
  /** The open file that has its bytes, where the path cannot give them. */
  readonly descriptor?: number | undefined
  /** It is the build file that stands for a source tree. */
  readonly tree?: boolean | undefined
  /** Opens what is not on this machine; then the path is its address, as it may be shown. */
  readonly open?: Opener | undefined
  /** Its clock: see `Given`. */
  readonly now?: (() => number) | undefined
}

/** A target that a run opens itself. */
export type GivenTarget = Omit<Target, 'open'> & Given

export interface Expanded {
  readonly targets: readonly Target[]
  /** Files of the given directories that are no distributions by their name. */
  readonly passedOver: number
  /** What a person may not expect: for people, in whole sentences. */
  readonly notes: readonly string[]
}

export interface ExpandOptions {
  /** Of directories, take the files of draft standards too. */
  readonly preview?: boolean | undefined
  /** What `-` means; undefined: a file of that name. */
  readonly stdin?: (() => Promise<Target>) | undefined
  /** What an address means; undefined: a file of that name. */
  readonly remote?: ((address: string) => Promise<Given>) | undefined
  /** What is to be done with the files; default: `audit`. */
  readonly purpose?: string | undefined
  /** What may have been meant by a path that does not exist. */
  readonly meant?: ((path: string) => string | undefined) | undefined
}

/**
 * The files that the given paths mean: files as they are; of a directory the distributions in it and below it, with their
 * signatures and attestations; of a pattern that no file has as its name what a shell would have made of it.
 * @throws UsageError when a path does not exist, or nothing is left to audit.
 */
export async function expandPaths(paths: readonly string[], options: ExpandOptions = {}): Promise<Expanded> {
  const targets = new Map<string, Target>()
  const notes: string[] = []
  let passedOver = 0
  for (const path of paths) {
    const given = path === '-' ? await options.stdin?.() : isAddress(path) ? await options.remote?.(path) : undefined
    const found = given ? one(given) : await expandPath(path, options)
    passedOver += found.passedOver
    append(notes, found.notes)
    for (const target of found.targets) targets.set(target.path, target)
  }
  if (targets.size === 0) throw await nothingIn(paths, options.purpose)
  return { targets: await withBase([...targets.values()]), passedOver, notes }
}

/** Says where there is something, or how to make it. */
export async function nothingIn(paths: readonly string[], purpose = 'audit'): Promise<UsageError> {
  const dist = await projectDist('.')
  const isOther = dist !== undefined && !paths.some(path => resolve(path) === resolve(dist))
  const built = isOther ? await distributionsIn(dist, {}).catch(() => undefined) : undefined
  const hint =
    built && built.targets.length > 0
      ? `The directory '${dist}' contains ${plural(built.targets.length, 'file')} to ${purpose}.`
      : 'Build the distributions first, for example with `python -m build`.'
  return new UsageError(`There is nothing to ${purpose}: no wheel or sdist in ${someQuoted(paths)}. ${hint}`)
}

/** `dist` of the project around a directory, as it is called from the working directory; undefined where there is no project. */
export async function projectDist(from: string): Promise<string | undefined> {
  const project = await projectFolder(from)
  return project === undefined ? undefined : relative('', join(project, 'dist')) || '.'
}

/** The distributions in the `dist/` of source trees, which are not audited with them: how many, by folder. */
export async function builtBeside(targets: readonly Target[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  for (const { path, tree } of targets) {
    const folder = tree ? join(dirname(path), 'dist') : undefined
    if (folder === undefined || targets.some(other => dirname(other.path) === folder)) continue
    const names = await readdir(folder).catch(() => [])
    const count = names.filter(name => ['wheel', 'sdist'].includes(kindByName(name))).length
    if (count > 0) found.set(folder, count)
  }
  return found
}

/** What one path means; an empty directory means nothing. @throws UsageError when it does not exist. */
export async function expandPath(path: string, options: ExpandOptions): Promise<Expanded> {
  const filename = basename(path)
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => error)
  if (info instanceof Error) return expandMissing(path, info, options)
  const tree = info.isDirectory()
    ? await treeIn(path)
    : BUILD_FILES.includes(filename)
      ? await treeIn(dirname(path))
      : undefined
  if (!info.isDirectory() && tree === undefined)
    return one(info.isFile() ? { path, filename } : special(path, filename))
  if (tree !== undefined && !info.isDirectory()) return one(treeTarget(tree))
  if (kindByName(filename) !== 'unknown')
    return one({ path, filename, broken: unreadable(path, filename, 'directory') })
  if (tree === undefined) return distributionsIn(path, options)
  // The other files of a project's folder are what is audited, and those below it are the project's own business.
  const { targets } = await distributionsIn(path, options, () => false)
  return { targets: [treeTarget(tree), ...targets], passedOver: 0, notes: [] }
}

async function expandMissing(path: string, error: NodeJS.ErrnoException, options: ExpandOptions): Promise<Expanded> {
  const filename = basename(path)
  if (isUnspeakable(path)) return one(broken(path, filename, new Error(NOT_UTF8)))
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') return one(broken(path, filename, error))
  const { expandPattern, isPattern } = await import('./inputs/pattern.js')
  if (isPattern(path)) {
    const matches = await expandPattern(path)
    const all = await Promise.all(matches.map(match => expandPath(match, options)))
    if (all.length > 0)
      return {
        targets: all.flatMap(({ targets }) => targets),
        passedOver: all.reduce((sum, { passedOver }) => sum + passedOver, 0),
        notes: all.flatMap(({ notes }) => notes),
      }
    throw new UsageError(`There is no file or directory that matches '${path}'.`)
  }
  const meant = options.meant?.(path) ?? didYouMean(filename, await namesIn(dirname(path)))
  throw new UsageError(`There is no file or directory '${path}'.${meant}`)
}

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => [])

const one = (target: Target): Expanded => ({ targets: [target], passedOver: 0, notes: [] })

async function distributionsIn(
  folder: string,
  options: ExpandOptions,
  enters = (name: string) => !isWanted(name, options),
): Promise<Expanded> {
  const { folders, notes } = await searchFolder(folder, enters)
  const found = folders.map(({ path, entries }) =>
    entries
      .map(({ name }) => name)
      .filter(name => isWanted(name, options))
      .sort()
      .map(name => ({ path: join(path, name), filename: name })),
  )
  const targets = found.flat()
  const below = targets.length - (found[0]?.length ?? 0)
  const many =
    below < targets.length ? `${thousands(below)} of the ${plural(targets.length, 'file')}` : plural(below, 'file')
  const rest =
    folders[0]?.entries.filter(
      entry => !(isWanted(entry.name, options) || entry.isDirectory() || entry.isSymbolicLink()),
    ) ?? []
  return {
    targets,
    passedOver: rest.length,
    notes: [...(below > 0 ? [`Found ${many} in subdirectories of '${folder}'.`] : []), ...notes],
  }
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

/** Tells source trees where their paths begin. */
async function withBase(targets: readonly Target[]): Promise<readonly Target[]> {
  const trees = targets.filter(({ tree }) => tree)
  const base = trees.length < 2 ? undefined : await commonRoot(trees.map(({ path }) => dirname(path)))
  return base === undefined ? targets : targets.map(target => (target.tree ? { ...target, base } : target))
}

const treeTarget = (path: string): Target => ({ path, filename: basename(path), tree: true })

const broken = (path: string, filename: string, error: Error): Target => ({
  path,
  filename,
  broken: unreadable(path, filename, 'unreadable', reasonOf(error)),
})

const special = (path: string, filename: string): Target =>
  broken(path, filename, new Error('it is not a regular file'))

/** The targets as a run takes them. */
export const givenTargets = (targets: readonly Target[]): readonly GivenTarget[] =>
  targets.map(target => ({
    ...target,
    open: target.open ?? (() => (target.tree ? openTree(target) : openTarget(target))),
  }))

/** Who reads source trees loads when there is one. */
async function openTree({ path, ...given }: Target): Promise<TreeInput> {
  const { readTree } = await import('./project/tree.js')
  return { readTree: reading => readTree(path, reading, given) }
}

/** Opens a target; one that cannot be opened comes back as a fact. */
export async function openTarget(target: Target): Promise<Input | UnknownFile> {
  if (target.broken) return target.broken
  const { path, filename, descriptor } = target
  try {
    return {
      path,
      filename,
      source: await (descriptor === undefined ? fileSource(path) : descriptorSource(descriptor)),
    }
  } catch (error) {
    if (!(error instanceof MediumError)) throw error
    const info = await stat(path).catch(() => undefined)
    if (info?.isDirectory()) return unreadable(path, filename, 'directory')
    return unreadable(path, filename, 'unreadable', reasonOf(error))
  }
}
