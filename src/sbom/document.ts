import type { Place } from '../finding.js'
import type { SbomComponent, SbomFault } from './sbom.js'

/** A component before it is known which ones are primary and which are reached. */
export type Part = Omit<SbomComponent, 'primary' | 'reachable' | 'nested'> & {
  readonly primary?: boolean
  readonly parent?: string | undefined
}

/** What a reader of one format found. */
export interface Content {
  /** Where it says, or should say, when and by what it was made; absent where that is not a part of it. */
  readonly head?: Place | undefined
  readonly created: boolean
  readonly tool: boolean
  readonly parts: readonly Part[]
  /** Refs that the document is about. */
  readonly roots: readonly string[]
  readonly edges: readonly (readonly [string, string])[]
  readonly brokenReferences?: readonly SbomFault[] | undefined
  /** Why the rest of the text was not read. */
  readonly fault?: SbomFault | undefined
}

export const NOTHING: Content = { created: false, tool: false, parts: [], roots: [], edges: [] }

/** Components that are kept of one document. */
export const MAX_PARTS = 50_000

/** The parts with the verdict of the relationships on each. */
export function componentsOf({ parts, roots, edges }: Content): readonly SbomComponent[] {
  const next = new Map<string, string[]>()
  const join = (from: string, to: string) => {
    const known = next.get(from)
    if (known) known.push(to)
    else next.set(from, [to])
  }
  for (const [from, to] of edges) join(from, to)
  for (const { ref, parent } of parts) if (ref !== undefined && parent !== undefined) join(parent, ref)
  const rootSet = new Set(roots)
  const reached = new Set<string>(roots)
  const queue = [...roots]
  for (let at = queue.pop(); at !== undefined; at = queue.pop())
    for (const to of next.get(at) ?? [])
      if (!reached.has(to)) {
        reached.add(to)
        queue.push(to)
      }
  return parts.map(({ parent, ...part }) => {
    const primary = part.primary === true || (part.ref !== undefined && rootSet.has(part.ref))
    const nested = parent !== undefined && !primary
    const linked = part.ref !== undefined && reached.has(part.ref)
    return { ...part, primary, nested, reachable: primary || linked || (parent !== undefined && reached.has(parent)) }
  })
}
