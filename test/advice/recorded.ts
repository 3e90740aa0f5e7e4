import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What came of a mistake with one backend. The build after the advice works, and the finding is gone, in each of them. */
export interface Outcome {
  readonly bad: 'found' | 'stops the build' | 'mended by the backend'
  readonly help?: string
  readonly line?: number | undefined
  /** The edits of the finding were made too: the project was built, and the finding was gone. */
  readonly edits?: 'work' | undefined
}

export const RECORDED = fileURLToPath(new URL('recorded.json', import.meta.url))

export const byCase = (): ReadonlyMap<string, Outcome> =>
  new Map(
    Object.entries(existsSync(RECORDED) ? (JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, Outcome>) : {}),
  )
