import type { Sdist } from '../distribution/distribution.js'
import { oncePer } from '../once.js'

/** The files of the source tree that the user named, as git has them. */
export interface TrackedFiles {
  /** Relative to the root of the repository, with `/`. */
  readonly paths: ReadonlySet<string>
  /** Folders of which git lists no files here: submodules, and what a sparse checkout leaves out. */
  readonly folders: readonly string[]
  /** The project's folder, relative to the root; '' when it is the root. */
  readonly folder: string
  /** Normalized names that the project's files give it; none when a program computes it. */
  readonly names: readonly string[]
  /** Globs, folders and packages that the project's build leaves out on purpose. */
  readonly excluded: readonly string[]
}

/** Is it a release of the project in the source tree? A computed name may be any. */
export const isOfTree = (project: string, { names }: TrackedFiles): boolean =>
  names.length === 0 || names.includes(project)

/** What git tracks in the project that an sdist was made of; empty where that is not known. */
export const trackedOf = (
  { project, tree }: Pick<Sdist, 'project' | 'tree'>,
  tracked: TrackedFiles | undefined,
): readonly string[] => (tracked && !tree && isOfTree(project ?? '', tracked) ? pathsOfProject(tracked) : [])

/** The files below the project's folder, relative to it. */
export const pathsOfProject = oncePer(({ folder, paths }: TrackedFiles): readonly string[] => {
  const prefix = folder === '' ? '' : `${folder}/`
  return [...paths].flatMap(path => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []))
})
