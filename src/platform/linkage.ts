import type { Wheel } from '../distribution/distribution.js'
import { installedPath } from '../distribution/members.js'
import type { ElfFile } from '../native/file.js'
import { oncePer } from '../once.js'
import { beginnings } from '../text/beginnings.js'
import { basename, nativeSubject } from './subject.js'

/** How the libraries of a wheel's ELF files resolve among its own members, as ld.so would once it is installed. */
export interface Linkage {
  /** Every library that is loaded with this file: by NEEDED name, the member it resolves to, or undefined. */
  tree(file: ElfFile): ReadonlyMap<string, ElfFile | undefined>
  /** Directories of an RPATH or RUNPATH, as `searchDirectories` reads them for this file. */
  directories(file: ElfFile, text: string): readonly SearchDirectory[]
}

interface SearchDirectory {
  readonly text: string
  /**
   * `inside`: a directory below site-packages, in `path`; `prefix`: the one that `data/lib` of a wheel is installed to, two levels
   * above it; `outside`: another that `$ORIGIN/..` leads to; `absolute`: a directory of the machine; `working`: the working
   * directory of anyone who starts Python; `token`: another `$` word.
   */
  readonly kind: 'inside' | 'prefix' | 'outside' | 'absolute' | 'working' | 'token'
  /** Path below site-packages, '' for itself. */
  readonly path: string
}

const MOST_ENTRIES = 1000
export const linkageOf = oncePer((wheel: Wheel): Linkage => link(nativeSubject(wheel).elf, wheel))

/** The entries of an RPATH or RUNPATH of the file at this path. */
function searchDirectories(path: string, text: string): readonly SearchDirectory[] {
  const own = installedPath(path).split('/').slice(0, -1)
  return text.split(':', MOST_ENTRIES).map(entry => {
    const origin = /^\$(?:ORIGIN|\{ORIGIN\})(?=\/|$)/.exec(entry)
    if (!origin) {
      const kind = entry.startsWith('/') ? 'absolute' : entry.startsWith('$') ? 'token' : 'working'
      return { text: entry, kind, path: '' }
    }
    const parts = [...own]
    let above = 0
    for (const part of entry.slice(origin[0].length).split('/')) {
      if (part === '' || part === '.') continue
      if (part !== '..') parts.push(part)
      else if (parts.pop() === undefined) above++
    }
    if (above > 0) return { text: entry, kind: above === 2 && parts.length === 0 ? 'prefix' : 'outside', path: '' }
    return { text: entry, kind: 'inside', path: parts.join('/') }
  })
}

function link(files: readonly ElfFile[], wheel: Wheel): Linkage {
  const byPath = new Map(files.map(file => [installedPath(file.path), file]))
  const isAbove = beginnings(wheel.members.files.map(({ path }) => installedPath(path)))
  const isFolder = (path: string) => path === '' || isAbove(`${path}/`)
  const inside = (file: ElfFile, text: string | undefined) =>
    text === undefined
      ? []
      : searchDirectories(file.path, text).flatMap(one => (one.kind === 'inside' && isFolder(one.path) ? one.path : []))
  const paths = new Map<ElfFile, { readonly rpath: readonly string[]; readonly runpath: readonly string[] }>()
  function pathsOf(file: ElfFile) {
    let found = paths.get(file)
    if (!found) {
      const runpath = inside(file, file.runpath)
      // ld.so ignores RPATH where there is a RUNPATH; auditwheel only where one of its directories exists.
      found = { runpath, rpath: runpath.length > 0 ? [] : inside(file, file.rpath) }
      paths.set(file, found)
    }
    return found
  }
  function resolve(name: string, from: ElfFile, top: ElfFile): ElfFile | undefined {
    const ofTop = pathsOf(top)
    const own = pathsOf(from)
    for (const folder of [...ofTop.rpath, ...own.rpath, ...own.runpath, ...ofTop.runpath]) {
      const file = byPath.get(folder === '' ? name : `${folder}/${name}`)
      if (file && file.machine === from.machine && file.bits === from.bits && file.little === from.little) return file
    }
    return undefined
  }
  const trees = new Map<ElfFile, ReadonlyMap<string, ElfFile | undefined>>()
  return {
    directories: (file, text) => searchDirectories(file.path, text),
    tree(top) {
      const known = trees.get(top)
      if (known) return known
      const found = new Map<string, ElfFile | undefined>()
      // Depth first: the first file that answers to a name serves everyone.
      const waiting: { readonly name: string; readonly from: ElfFile }[] = []
      const push = (from: ElfFile) => {
        for (const name of [...from.needed].reverse()) waiting.push({ name, from })
      }
      push(top)
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        if (found.has(next.name)) continue
        const file = /^libpython3\.\d+[mtd]{0,3}\.so/.test(next.name) ? undefined : resolve(next.name, next.from, top)
        found.set(next.name, file)
        if (file) push(file)
      }
      trees.set(top, found)
      return found
    },
  }
}

/** Names of libraries that some file needs: such a file is judged with those that load it. */
export function neededNames(files: readonly ElfFile[]): ReadonlySet<string> {
  return new Set(files.flatMap(file => file.needed))
}

export const isRoot = (file: ElfFile, needed: ReadonlySet<string>, extension: boolean) =>
  extension || !needed.has(basename(file.path))
