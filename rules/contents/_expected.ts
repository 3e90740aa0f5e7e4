import type { Demands } from '../../src/demands.js'
import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { installedPath } from '../../src/distribution/members.js'
import { glob } from '../../src/text/glob.js'
import { installed } from '../../src/views/install-tree.js'

/** The patterns that the configuration contains for a file of this kind. */
export const patternsOf = (subject: Wheel | Sdist, demands: Demands | undefined): readonly string[] =>
  demands?.expected?.[subject.kind] ?? []

/** A path as patterns see it, and its member. */
interface Seen {
  readonly path: string
  readonly member: string
}

/** Where the files are installed; of an sdist, below its top directory. */
export const pathsOf = (subject: Wheel | Sdist): readonly Seen[] =>
  subject.members.files.map(({ path }) => ({
    path: subject.kind === 'wheel' ? installedPath(path) : path.slice(path.indexOf('/') + 1),
    member: path,
  }))

/** Those that a pattern matches; a folder stands for all that is below it. */
export function matching(paths: readonly Seen[], pattern: string): readonly Seen[] {
  const test = glob(pattern.endsWith('/') ? `${pattern}**` : pattern)
  return paths.filter(({ path }) => test.test(path))
}

/** What a wheel installs at the top of site-packages: names of modules without their suffix, and of folders. */
export function topLevelOf(wheel: Wheel): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { path, top, member } of installed(wheel)) {
    if (/\.(?:dist-info|data)$/.test(top)) continue
    const name = path.includes('/') ? top : top.replace(/\.(?:pyi?|(?:[^/.]*\.)?(?:so|pyd))$/, '')
    if (!found.has(name)) found.set(name, member.path)
  }
  return found
}
