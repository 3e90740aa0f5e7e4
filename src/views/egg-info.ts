import type { Sdist } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import { canonicalName } from '../standards/name.js'

/** The `.egg-info` directory that setuptools wrote for the project itself. */
export interface EggInfo {
  /** Path in the archive, without `/`. */
  readonly path: string
  /** The folder that it is in, with `/`: that of the packages. */
  readonly folder: string
  /** Did setuptools write all of it? distutils makes sdists with less. */
  readonly isWhole: boolean
}

/** Undefined where there is none, or several. */
export const ownEggInfo = oncePer((sdist: Sdist): EggInfo | undefined => {
  const found = new Map<string, string>()
  for (const member of sdist.texts.keys()) {
    const [, path, folder, name] =
      /^((.*\/)([^/]+)\.egg-info)\/(?:PKG-INFO|SOURCES\.txt|top_level\.txt)$/.exec(member) ?? []
    // Another project in the tree has a directory of its own name.
    if (path !== undefined && canonicalName(name ?? '') === sdist.project) found.set(path, folder ?? '')
  }
  const [first] = found
  return first && found.size === 1
    ? { path: first[0], folder: first[1], isWhole: sdist.texts.has(`${first[0]}/PKG-INFO`) }
    : undefined
})
