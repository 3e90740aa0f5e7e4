import type { Change, Edit, Remedy } from '../finding.js'
import { edited, inOrder } from '../text/edit.js'
import { editedFolder, type FileEdit } from './edited.js'
import { type ProjectFolders, projectFolders, type SourceFiles } from './folder.js'
import { byFile, fileEdits, inRequirement, withRegions } from './remedy.js'

/** Edits of the files of a source tree as they are. */
export function editsOf(source: SourceFiles) {
  const edit = editor(projectFolders(source))
  const hasMark = (path: string) => source.files.get(path)?.startsWith('\ufeff') === true
  /** What a remedy comes to for a distribution of a project; undefined where nothing can be said. */
  return (remedy: Remedy, project: string | null): readonly Edit[] | undefined => {
    const edits = edit(remedy, project)
    return edits && withRegions(edits, remedy.safe, hasMark)
  }
}

function editor(folders: ProjectFolders) {
  const known = new Map<unknown, ReturnType<typeof editedFolder>>()
  return (remedy: Remedy, project: string | null) => {
    const folder = folders.folderOf(project)
    if (!folder) return undefined
    const own = known.get(folder) ?? editedFolder(folder)
    known.set(folder, own)
    return fileEdits(own, remedy)
  }
}

/** A remedy for what was found in a distribution of a project. */
export interface Wish {
  readonly project: string | null
  readonly remedy: Remedy
}

export interface Fixed<W extends Wish> {
  /** New texts of the files that change, by path. */
  readonly texts: ReadonlyMap<string, string>
  /** Wishes that are fulfilled, also by the edits of others. */
  readonly made: readonly W[]
  readonly left: readonly W[]
}

/** One change may make room for another; more rounds than this are of no use. */
const ROUNDS = 5

/** Carries out one remedy after the other, each in the text that the one before has left. */
export function fixed<W extends Wish>(source: SourceFiles, wishes: readonly W[]): Fixed<W> {
  const files = new Map(source.files)
  let edit = editor(projectFolders(source))
  const made = new Set<W>()
  const asFound = new Map(wishes.map(wish => [wish, (edit(wish.remedy, wish.project) ?? []).map(idOf)]))
  const done = new Set<string>()
  const remedies = new Map(wishes.map(wish => [wish, wish.remedy]))
  for (let round = 0; round < ROUNDS; round++) {
    let changed = false
    for (const wish of wishes) {
      const remedy = remedies.get(wish) ?? wish.remedy
      const edits = edit(remedy, wish.project)
      const own = asFound.get(wish) ?? []
      if (!edits) {
        // What could be done before is fulfilled only if others did exactly that.
        if (own.length > 0 && own.every(id => done.has(id))) made.add(wish)
        continue
      }
      for (const { file, edits: some } of byFile(edits)) {
        const mark = files.get(file.path)?.startsWith('\ufeff') ? '\ufeff' : ''
        files.set(file.path, mark + edited(file.text, inOrder(some) ?? []))
      }
      made.add(wish)
      for (const id of own) done.add(id)
      changed = true
      edit = editor(projectFolders({ ...source, files }))
      for (const other of wishes)
        if (!made.has(other)) remedies.set(other, after(remedy, remedies.get(other) ?? other.remedy))
    }
    if (!changed) break
  }
  const texts = new Map([...files].filter(([path, text]) => source.files.get(path) !== text))
  return { texts, made: wishes.filter(wish => made.has(wish)), left: wishes.filter(wish => !made.has(wish)) }
}

const idOf = ({ file, start, end, text }: FileEdit) => JSON.stringify([file.path, start, end, text])

/** A value before and after a change; undefined for changes of other kinds. */
function outcomeOf(change: Change) {
  if (change.kind === 'replace') return { field: change.field, was: change.value, is: change.by }
  if (change.kind !== 'requirement') return undefined
  return { field: 'Requires-Dist', was: change.value, is: inRequirement(change.value, change) }
}

/** A remedy for a value that another remedy has changed: the same, of what the value is now. */
function after(done: Remedy, remedy: Remedy): Remedy {
  let { changes } = remedy
  for (const outcome of done.changes.map(outcomeOf)) {
    if (!outcome || outcome.was === outcome.is) continue
    changes = changes.map(change => {
      const own = outcomeOf(change)
      if (own?.field !== outcome.field || own.was !== outcome.was) return change
      if (change.kind === 'requirement') return { ...change, value: outcome.is }
      const by = merged(outcome.was, outcome.is, own.is)
      return change.kind === 'replace' && by !== undefined ? { ...change, value: outcome.is, by } : change
    })
  }
  return { ...remedy, changes }
}

/** A text with the changes of two others of it; undefined where both change the same part. */
function merged(was: string, one: string, other: string): string | undefined {
  return [one, other]
    .map(text => spanOf(was, text))
    .sort((a, b) => b.start - a.start)
    .reduce<{ readonly text: string; readonly start: number } | undefined>(
      (so, { start, end, text }) =>
        so && end < so.start ? { text: so.text.slice(0, start) + text + so.text.slice(end), start } : undefined,
      { text: was, start: was.length + 1 },
    )?.text
}

/** The least part of a text that differs in another. */
function spanOf(was: string, is: string) {
  let start = 0
  while (start < was.length && was[start] === is[start]) start++
  let tail = 0
  while (tail < Math.min(was.length, is.length) - start && was.at(-1 - tail) === is.at(-1 - tail)) tail++
  return { start, end: was.length - tail, text: is.slice(start, is.length - tail) }
}
