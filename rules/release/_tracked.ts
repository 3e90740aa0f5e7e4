import type { TrackedFiles } from '../../src/project/tracked.js'

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
