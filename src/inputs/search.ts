import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../usage-error.js'
import { reasonOf } from '../wording.js'

/** More directories than this are no place to look for distributions. */
const MOST_FOLDERS = 10_000
const DEEPEST = 16

/** What contains other people's files. Hidden directories are not searched either. */
const FOREIGN: ReadonlySet<string> = new Set(['node_modules', 'site-packages', '__pycache__'])
/** What only a virtual environment has at its top. */
const ENVIRONMENT: ReadonlySet<string> = new Set(['pyvenv.cfg', 'conda-meta'])

interface Folder {
  readonly path: string
  /** 0 for the directory where the search began. */
  readonly depth: number
  readonly entries: readonly Dirent[]
}

interface Search {
  /** The directory itself first, then those in it by name, each before its own. */
  readonly folders: readonly Folder[]
  /** What could not be searched: for people, in whole sentences. */
  readonly notes: readonly string[]
}

/**
 * A directory and those below it that may be its owner's. Symbolic links are not followed, so the search ends.
 * @throws UsageError when the directory itself cannot be read.
 */
export async function searchFolder(start: string, enters: (name: string) => boolean): Promise<Search> {
  const folders: Folder[] = []
  const notes: string[] = []
  const stack = [{ path: start, depth: 0 }]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { path, depth } = next
    if (folders.length === MOST_FOLDERS) {
      notes.push(`The search in '${start}' ended after 10,000 directories. Name the directory that has the files.`)
      break
    }
    const entries = await readdir(path, { withFileTypes: true }).catch((error: Error) => error)
    if (entries instanceof Error) {
      if (depth === 0) throw new UsageError(`The directory '${path}' cannot be read: ${reasonOf(entries)}.`)
      notes.push(`The directory '${path}' cannot be read: ${reasonOf(entries)}.`)
      continue
    }
    if (depth > 0 && entries.some(({ name }) => ENVIRONMENT.has(name))) continue
    folders.push({ path, depth, entries })
    if (depth === DEEPEST) continue
    const below = entries.filter(entry => entry.isDirectory() && mayEnter(entry.name) && enters(entry.name))
    for (const name of below
      .map(entry => entry.name)
      .sort()
      .reverse())
      stack.push({ path: join(path, name), depth: depth + 1 })
  }
  return { folders, notes }
}

const mayEnter = (name: string): boolean => !name.startsWith('.') && !FOREIGN.has(name)
