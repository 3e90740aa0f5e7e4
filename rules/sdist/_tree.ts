import { clean } from '../../src/archive/links.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import { oncePer } from '../../src/once.js'

/** The source tree of an sdist, by paths below its top directory. */
export interface SourceTree {
  /** Is there a file or a folder at the path, as it is spelled? */
  has(path: string): boolean
  isFolder(path: string): boolean
  /** Paths of all files and links. */
  readonly files: ReadonlySet<string>
}

export const sourceTree = oncePer((sdist: Sdist): SourceTree => {
  const files = new Set<string>()
  const folders = new Set([''])
  for (const { path, type } of sdist.members.list) {
    const below = path.replace(/^(?:\.\/)*[^/]+\/?/, '').replace(/\/$/, '')
    if (below === '') continue
    if (type === 'directory') folders.add(below)
    else files.add(below)
    for (let end = below.lastIndexOf('/'); end > 0; end = below.lastIndexOf('/', end - 1)) {
      const folder = below.slice(0, end)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  // The contents of a link to a folder are not looked up.
  return {
    has: path => files.has(path) || folders.has(path),
    isFolder: path => folders.has(path) || files.has(path),
    files,
  }
})

/** `./a//b/` → `a/b`; undefined if it leads out of the tree, is absolute, or contains a pattern or a variable. */
export function treePath(written: string): string | undefined {
  if (written.length > 300 || /^(?:[A-Za-z]:)?[\\/]|[*?[\]{}$%~\n\0]/.test(written)) return undefined
  return clean(written.replaceAll('\\', '/'))
}

/** `a/../../b`: does a relative path lead out of the tree? */
export function isOutside(written: string): boolean {
  let depth = 0
  for (const part of written.split('/')) {
    depth += part === '..' ? -1 : part === '' || part === '.' ? 0 : 1
    if (depth < 0) return true
  }
  return false
}
