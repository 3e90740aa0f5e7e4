import type { Members } from '../report/html/data.js'

/** A folder or a file of an archive, with the sums of what is below. */
export interface Entry {
  readonly name: string
  readonly path: string
  /** Absent for a file. */
  readonly children: Map<string, Entry> | undefined
  /** Index into KINDS; of a folder that of most of its bytes. */
  kind: number
  size: number
  packed: number
  debug: number
  files: number
}

const entry = (name: string, path: string, isFolder: boolean, kind: number): Entry => ({
  name,
  path,
  children: isFolder ? new Map() : undefined,
  kind,
  size: 0,
  packed: 0,
  debug: 0,
  files: 0,
})

/** The members as a tree. A path that is a file and a folder at once is both. */
export function treeOf({ paths, sizes, packed, kinds, debug, more }: Members): Entry {
  const root = entry('', '', true, 0)
  const debugOf = new Map(debug)
  for (const [index, path] of paths.entries()) {
    const parts = path.split('/')
    const sums = [root]
    let at = root
    for (const [depth, name] of parts.entries()) {
      const isLast = depth === parts.length - 1
      const children = at.children as Map<string, Entry>
      // A file has a key that no folder has, and so has a second file of the name.
      const key = isLast ? `${name}/${children.size}` : name
      let next = children.get(key)
      if (!next) {
        next = entry(name, parts.slice(0, depth + 1).join('/'), !isLast, kinds[index] ?? 0)
        children.set(key, next)
      }
      sums.push(next)
      at = next
    }
    for (const one of sums) {
      one.size += sizes[index] ?? 0
      one.packed += packed[index] ?? 0
      one.debug += debugOf.get(index) ?? 0
      one.files++
    }
  }
  if (more) {
    const rest = entry(`${more.count} smaller files`, '', false, 3)
    rest.size = more.size
    rest.packed = more.packed
    rest.files = more.count
    root.children?.set('/', rest)
    root.size += more.size
    root.packed += more.packed
    root.files += more.count
  }
  return root
}

/** The folder with a path; the nearest above where there is none. */
export function folderAt(root: Entry, path: string): Entry {
  let at = root
  for (const name of path === '' ? [] : path.split('/')) {
    const next = at.children?.get(name)
    if (!next?.children) break
    at = next
  }
  return at
}

export type Measure = 'size' | 'packed'

export const childrenOf = (folder: Entry, measure: Measure): readonly Entry[] =>
  [...(folder.children?.values() ?? [])].sort((a, b) => b[measure] - a[measure] || (a.name < b.name ? -1 : 1))

/** A box of the map: an entry with the boxes inside, or several entries that are too small to be seen. */
export interface Box {
  readonly entry: Entry | undefined
  readonly value: number
  /** How many files a box without an entry stands for. */
  readonly files: number
  readonly children?: readonly Box[]
}

const MOST_BOXES = 500
const DEEPEST = 4

/** What the map shows of a folder: a number of boxes at most, the largest, and what is left of each folder as one. */
export function boxesOf(folder: Entry, measure: Measure): Box {
  const least = folder[measure] / MOST_BOXES / 2
  const boxed = (one: Entry, depth: number): Box => {
    const all = depth < DEEPEST ? childrenOf(one, measure) : []
    const seen = all.filter(child => child[measure] > least)
    const base = { entry: one, value: one[measure], files: one.files }
    // A folder with nothing to be told apart is one box.
    if (seen.length === 0) return base
    const rest = all.slice(seen.length)
    const value = rest.reduce((sum, child) => sum + child[measure], 0)
    const children = seen.map(child => boxed(child, depth + 1))
    const files = rest.reduce((sum, child) => sum + child.files, 0)
    return { ...base, children: value > 0 ? [...children, { entry: undefined, value, files }] : children }
  }
  return boxed(folder, 0)
}

/** Bytes and files by kind below a folder. */
export function byKind(folder: Entry, measure: Measure): ReadonlyMap<number, { bytes: number; files: number }> {
  const sums = new Map<number, { bytes: number; files: number }>()
  const visit = (one: Entry): void => {
    if (one.children) for (const child of one.children.values()) visit(child)
    else {
      const sum = sums.get(one.kind) ?? { bytes: 0, files: 0 }
      sums.set(one.kind, { bytes: sum.bytes + one[measure], files: sum.files + one.files })
    }
  }
  visit(folder)
  return sums
}
