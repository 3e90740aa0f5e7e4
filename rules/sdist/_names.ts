import type { Sdist } from '../../src/distribution/distribution.js'

/** Common directory of all member names, as `os.path.commonpath` finds it for PyPI. */
export interface CommonPath {
  /** Parts joined, without `.` and empty ones; '' when the names share nothing. */
  readonly path: string
  /** Absolute and relative names appear together, which Python cannot compare. */
  readonly mixed: boolean
  /** First part of each name, the first few, in order of appearance. */
  readonly tops: readonly string[]
}

const MOST_TOPS = 20

const partsOf = (path: string) => path.split('/').filter(part => part !== '' && part !== '.')

/** The first part of a path, however it is written; `.` where it has none. */
export const topPart = (path: string): string => partsOf(path)[0] ?? '.'

/** Looks at every member, as PyPI does: files, directories, links and whatever else has a name. */
export function commonPath({ members }: Pick<Sdist, 'members'>): CommonPath {
  let common: string[] | undefined
  let absolute = 0
  const tops = new Set<string>()
  for (const { path, type } of members) {
    // tarfile strips trailing slashes from the name of a directory.
    if (type === 'directory' ? /^\/+[^/]/.test(path) : path.startsWith('/')) absolute++
    const parts = partsOf(path)
    if (tops.size < MOST_TOPS) tops.add(parts[0] ?? '.')
    if (common === undefined) common = parts
    else {
      let same = 0
      while (same < common.length && common[same] === parts[same]) same++
      common.length = same
    }
  }
  return {
    path: (common ?? []).join('/'),
    mixed: absolute > 0 && absolute < members.list.length,
    tops: [...tops],
  }
}
