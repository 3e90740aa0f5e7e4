import type { References } from './references.js'
import type { Roles } from './roles.js'
import { type Node, node } from './tree.js'
import { unsure } from './unsure.js'

/** One nested run over some lines; what it finds becomes children of its node. */
export interface Reader {
  readonly lines: readonly string[]
  readonly references: References
  readonly roles: Roles
  /** Titles and their levels, in the document itself only. */
  readonly titles: Titles | undefined
  /** Current section, or the element that contains the lines. */
  node: Node
  readonly depth: number
  readonly budget: { steps: number }
  /** Reads the lines of a nested element; gives its children. */
  readonly nest: (reader: Reader, lines: readonly string[]) => Node[]
}

interface Titles {
  /** Underline, or over- and underline, of each level in order of appearance. */
  readonly styles: string[]
  /** The document and the sections that are open. */
  readonly open: Node[]
}

/** A message too light to be refused, but a node of the tree. */
export function note(reader: Reader): void {
  reader.references.messages++
  reader.node.children.push(node('message'))
}

/** docutils calls itself for nested elements, and Python bounds that. */
const MAX_DEPTH = 16

export function nestedReader(reader: Reader, lines: readonly string[], parent: Node): Reader {
  if (reader.depth >= MAX_DEPTH) unsure('deeply nested')
  return { ...reader, lines, titles: undefined, node: parent, depth: reader.depth + 1 }
}
