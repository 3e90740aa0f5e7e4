import type { Edit, Remedy } from '../finding.js'
import { edited, inOrder } from '../text/edit.js'
import { editedFolder } from './edited.js'
import { type ProjectFolders, projectFolders, type SourceFiles } from './folder.js'
import { byFile, fileEdits, withRegions } from './remedy.js'

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
  const possible = new Set(wishes.filter(({ remedy, project }) => edit(remedy, project) !== undefined))
  for (let round = 0; round < ROUNDS; round++) {
    let changed = false
    for (const wish of wishes) {
      const edits = edit(wish.remedy, wish.project)
      if (!edits) {
        // What could be done before has been done by another.
        if (possible.has(wish)) made.add(wish)
        continue
      }
      for (const { file, edits: own } of byFile(edits)) {
        const mark = files.get(file.path)?.startsWith('\ufeff') ? '\ufeff' : ''
        files.set(file.path, mark + edited(file.text, inOrder(own) ?? []))
      }
      made.add(wish)
      changed = true
      edit = editor(projectFolders({ ...source, files }))
    }
    if (!changed) break
  }
  const texts = new Map([...files].filter(([path, text]) => source.files.get(path) !== text))
  return { texts, made: wishes.filter(wish => made.has(wish)), left: wishes.filter(wish => !made.has(wish)) }
}
