import type { Release } from '../../src/distribution/distribution.js'
import { isOfTree, pathsOfProject, type TrackedFiles } from '../../src/project/tracked.js'
import { installed } from '../../src/views/install-tree.js'
import { matcherOf, rootsOf } from './_lost.js'
import { belowTop } from './_sources.js'

/** Is the file of the sdist tracked, in the project's folder or (for files of a workspace) at that path of the repository? */
export function isTracked(path: string, { paths, folders, folder }: TrackedFiles): boolean {
  const own = folder === '' ? path : `${folder}/${path}`
  const places = own === path ? [path] : [own, path, ...above(folder, path)]
  return places.some(place => paths.has(place) || folders.some(one => one === place || place.startsWith(`${one}/`)))
}

/** The path in each folder around the project's. */
function above(folder: string, path: string): readonly string[] {
  const parts = folder.split('/')
  return parts.slice(1).map((_, i) => `${parts.slice(0, i + 1).join('/')}/${path}`)
}

export interface LostFile {
  /** In the source tree, and where the wheel would install it. */
  readonly path: string
  readonly target: string
}

/** Files of the wheels' packages that git tracks and no file of the release contains, but for what the project leaves out on purpose. */
export function lostOnTheWay(
  { name, wheels, sdists }: Release,
  tracked: TrackedFiles | undefined,
): readonly LostFile[] {
  if (!tracked || wheels.length === 0 || !isOfTree(name, tracked)) return []
  const paths = new Set(wheels.flatMap(one => installed(one).map(({ path }) => path)))
  const inSdists = new Set(sdists.flatMap(({ members }) => members.files.map(({ path }) => belowTop(path))))
  const all = pathsOfProject(tracked)
  const roots = rootsOf(
    all.flatMap(path => (path.endsWith('.py') ? [{ path }] : [])),
    paths,
  )
  const isExcluded = tracked.excluded.map(matcherOf)
  return all.flatMap(path => {
    const root = inSdists.has(path) ? undefined : roots.find(one => path.startsWith(one))
    const target = root === undefined ? '' : path.slice(root.length)
    const [top] = target.split('/')
    if (!target.includes('/') || paths.has(target) || !paths.has(`${top}/__init__.py`)) return []
    return isExcluded.some(matches => matches(path) || matches(target)) ? [] : [{ path, target }]
  })
}
