import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { quote } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { sourceTree } from './_tree.js'

/** Something that a build needs and the sdist does not contain. */
export interface MissingInput {
  readonly at: Place
  /** What refers to it: `setup.py opens`. */
  readonly who: string
  readonly path: string
  /** What the backend does without it; absent if the build fails. */
  readonly instead?: string
  /** What to do, where it is known. */
  readonly help?: string
  /** The file is in the source tree, and what is built of that does not contain it. */
  readonly isLeftOut?: true
  /** The file is there, without this table or key of TOML. */
  readonly table?: string
}

export type Say = (at: Place, who: string, path: string, instead?: string) => Generator<MissingInput>

/** A folder of a package that is listed too, as Python names it: `demo.sub` of `demo`. */
export const isPart = (sdist: Sdist, path: string, listed: ReadonlySet<string>): boolean =>
  listed.has(path.split('.', 1)[0] ?? '') && sourceTree(sdist).isFolder(path.replaceAll('.', '/'))

/** The names by which backends look for the code of a project. */
export const moduleName = (name: string) => name.replace(/[-.]+/g, '_')

export const isNamed = (folder: string, name: string) => canonicalName(folder) === canonicalName(name)

/** Folders at the top that are seldom the package. */
const BESIDE = /^(?:tests?|testing|docs?|examples?|benchmarks?|scripts?|tools?|ci|build|dist)$/i

interface Folder {
  readonly path: string
  readonly module: string
  readonly root: '' | 'src'
}

/** What to do about a package that the backend looks for by the name of the project, where a source tree has one of another name. */
export function namingPackage(
  sdist: Sdist,
  setting: (one: Folder) => string,
  wanted: string,
): { readonly help?: string } {
  const found = [...sourceTree(sdist).files].flatMap((file): readonly Folder[] => {
    const [, src, module = ''] = /^(src\/)?(\w+)\/__init__\.py$/.exec(file) ?? []
    if (module === '' || module === 'src' || BESIDE.test(module)) return []
    return [{ path: `${src ?? ''}${module}`, module, root: src === undefined ? '' : 'src' }]
  })
  const [only, ...others] = found
  if (!only || others.length > 0) return {}
  const moved = wanted.includes('/') ? 'move' : 'rename'
  return { help: `Set ${setting(only)}, or ${moved} the folder ${quote(only.path)} to ${quote(wanted)}.` }
}

export type OfBackend = (pyproject: Pyproject, sdist: Sdist, say: Say) => Generator<MissingInput>
