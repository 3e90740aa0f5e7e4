import type { ShownFile } from '../show/shown.js'
import { compareCodeUnits, plural, sizeText } from '../wording.js'

/** Folders below one another that are told apart: what is deeper is one name. */
const DEEPEST = 40
/** Of one folder, the entries that are shown unless all are wanted; and how deep. */
const MOST_ENTRIES = 12
const DEPTH = 3
/** Lines that the tree takes unless all are wanted. */
const MOST_LINES = 60

interface Folder {
  readonly name: string
  readonly folders: Map<string, Folder>
  readonly files: ShownFile[]
  size: number
  count: number
}

const folder = (name: string): Folder => ({ name, folders: new Map(), files: [], size: 0, count: 0 })

/** The folders of an archive with what they weigh, in two columns: the largest entries of each. */
export function treeRows(files: readonly ShownFile[], all: boolean): readonly (readonly [string, string])[] {
  const root = folder('')
  for (const file of files) {
    if (file.type === 'directory') continue
    const parts = file.path.split('/')
    let at = root
    at.size += file.size
    at.count++
    for (const part of parts.slice(0, Math.min(parts.length - 1, DEEPEST))) {
      const below = at.folders.get(part) ?? folder(part)
      at.folders.set(part, below)
      at = below
      at.size += file.size
      at.count++
    }
    at.files.push(file)
  }
  const rows: (readonly [string, string])[] = []
  list(root, 0, all, rows)
  if (all || rows.length <= MOST_LINES) return rows
  return [...rows.slice(0, MOST_LINES), [`… and ${plural(rows.length - MOST_LINES, 'more line')} (--verbose)`, '']]
}

type Entry = { readonly name: string; readonly size: number } & (
  | { readonly folder: Folder }
  | { readonly file: ShownFile }
)

function list(at: Folder, depth: number, all: boolean, rows: (readonly [string, string])[]): void {
  const entries: Entry[] = [
    ...[...at.folders.values()]
      .map(joined)
      .map(({ name, folder }) => ({ name: `${name}/`, size: folder.size, folder })),
    ...at.files.map(file => ({ name: nameOf(file), size: file.size, file })),
  ]
  const bySize = (a: Entry, b: Entry) => b.size - a.size || compareCodeUnits(a.name, b.name)
  const shown = new Set(all ? entries : [...entries].sort(bySize).slice(0, MOST_ENTRIES))
  const indent = '  '.repeat(depth)
  for (const entry of entries.filter(one => shown.has(one)).sort((a, b) => compareCodeUnits(a.name, b.name))) {
    if ('file' in entry) {
      const { type, link } = entry.file
      const about = link === undefined ? (type === 'file' ? sizeText(entry.size) : type) : `→ ${link}`
      rows.push([`${indent}${entry.name}`, about])
      continue
    }
    const { size, count } = entry.folder
    rows.push([`${indent}${entry.name}`, `${sizeText(size)}, ${plural(count, 'file')}`])
    if (all || depth + 1 < DEPTH) list(entry.folder, depth + 1, all, rows)
  }
  const rest = entries.filter(one => !shown.has(one))
  if (rest.length > 0)
    rows.push([
      `${indent}… and ${plural(rest.length, 'more entry', 'more entries')}`,
      sizeText(rest.reduce((sum, { size }) => sum + size, 0)),
    ])
}

/** Folders that contain one folder and nothing else are one line: `src/demo/`. */
function joined(start: Folder): { readonly name: string; readonly folder: Folder } {
  let at = start
  const names = [at.name]
  for (
    let [only] = at.folders.values();
    only && at.folders.size === 1 && at.files.length === 0;
    [only] = at.folders.values()
  ) {
    names.push(only.name)
    at = only
  }
  return { name: names.join('/'), folder: at }
}

/** The last part of a path, and more where it is too deep. */
function nameOf({ path }: ShownFile): string {
  const parts = path.split('/')
  return parts.slice(Math.min(parts.length - 1, DEEPEST)).join('/')
}
