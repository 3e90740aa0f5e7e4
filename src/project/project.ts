import { clean } from '../archive/links.js'
import { PROJECT_FILES, readFolder, type SourceFiles } from './folder.js'
import { readmesIn } from './readme.js'
import { noSourceContext, type SourceContext } from './source-context.js'
import type { TrackedFiles } from './tracked.js'

/** The project's own files, as a run uses them. */
export interface Project extends SourceFiles {
  readonly context: SourceContext
  /** What git tracks there; absent when nobody asked for the comparison, or git does not say. */
  readonly tracked?: TrackedFiles | undefined
}

/**
 * A project of the texts at hand, by path relative to the root of the repository, with `/`: its build files, and the README files
 * that they mean. `folder` is that of the project itself; '' is the root.
 */
export function projectOf(texts: ReadonlyMap<string, string>, folder = ''): Project {
  const inside = folder === '' ? '' : `${folder}/`
  const entries = [...texts.keys()].flatMap(path => (path.startsWith(inside) ? [path.slice(inside.length)] : []))
  const files = new Map([...texts].filter(([path]) => PROJECT_FILES.includes(path.slice(path.lastIndexOf('/') + 1))))
  const readmes = new Map<string, string>()
  for (const name of readmesIn(readFolder(files, folder), entries)) {
    const path = clean(`${inside}${name}`)
    const text = path && texts.get(path)
    if (path && text !== undefined) readmes.set(path, text)
  }
  return { files, folder, readmes, context: { ...noSourceContext, text: path => texts.get(path) } }
}
