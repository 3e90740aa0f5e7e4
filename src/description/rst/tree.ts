import type { Inline } from './inline.js'

/** What the reader keeps of docutils' document tree: enough to know where transitions, titles and fields are. */
export interface Node {
  readonly kind: Kind
  children: Node[]
  /** Of a field: its name, when that is plain text. */
  readonly name?: string | undefined
  /** Of a paragraph. */
  readonly inline?: Inline
  /** Of a table. */
  readonly columns?: number
}

export type Kind =
  | 'document'
  | 'section'
  | 'title'
  | 'paragraph'
  | 'bullet_list'
  | 'enumerated_list'
  | 'definition_list'
  | 'field_list'
  | 'field'
  | 'option_list'
  | 'list_item'
  | 'line_block'
  | 'literal_block'
  | 'doctest_block'
  | 'block_quote'
  | 'table'
  | 'entry'
  | 'image'
  | 'footnote'
  | 'transition'
  | 'contents'
  | 'local_contents'
  /** Any other element that shows something. */
  | 'element'
  /** Comments are gone when transitions are looked at; an empty one divides a figure's image from its legend. */
  | 'comment'
  | 'empty_comment'
  | 'target'
  | 'substitution'
  | 'pending'
  | 'class'
  /** A message that does no harm, but is a node while the tree is worked on. */
  | 'message'

export const node = (kind: Kind, children: Node[] = []): Node => ({ kind, children })

const INVISIBLE: ReadonlySet<Kind> = new Set([
  'comment',
  'empty_comment',
  'target',
  'substitution',
  'pending',
  'class',
  'message',
])

export const isInvisible = ({ kind }: Node) => INVISIBLE.has(kind)
