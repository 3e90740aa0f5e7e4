import type { SourceFiles } from './folder.js'
import type { SourceContext } from './source-context.js'
import type { TrackedFiles } from './tracked.js'

/** The project's own files, as a run uses them. */
export interface Project extends SourceFiles {
  readonly context: SourceContext
  /** What git tracks there; absent when nobody asked for the comparison, or git does not say. */
  readonly tracked?: TrackedFiles | undefined
}
