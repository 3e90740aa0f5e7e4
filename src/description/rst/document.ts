import { normalizeName } from './characters.js'
import { isInvisible, type Node } from './tree.js'
import { unsure } from './unsure.js'

// What docutils does with the whole tree: it takes out the title, reads the fields at the start, and looks at transitions.

/** Gives up a document whose tree is wrong, or that may show nothing. */
export function checkDocument(document: Node): void {
  const body = withoutTitles(document.children, 2)
  const fields = body.findIndex(child => !isInvisible(child))
  if (body[fields]?.kind === 'field_list') checkFields(body[fields]!)
  const hasSections = body.some(isSection)
  checkTransitions(body, false, hasSections)
  checkClasses(document.children, false)
  if (shownOf(body, hasSections).length === 0) unsure('nothing to show')
}

const isSection = ({ kind }: Node) => kind === 'section'
/** What is left of an element; a table of contents is left out when there is no section in the document, or next to it. */
function shownOf(body: readonly Node[], hasSections: boolean): readonly Node[] {
  const hasOwn = body.some(isSection)
  return body.filter(child => {
    if (child.kind === 'contents') return hasSections
    if (child.kind === 'local_contents') return hasOwn
    return !isInvisible(child) && child.kind !== 'title'
  })
}

/** Without a title, for a document, and a subtitle: what a lone section at the end becomes. */
function withoutTitles(children: readonly Node[], levels: number): readonly Node[] {
  const first = children.findIndex(child => !isInvisible(child) && child.kind !== 'title')
  const lone = children[first]
  if (levels === 0 || !lone || !isSection(lone) || first !== children.length - 1) return children
  return withoutTitles([...children.slice(0, first), ...lone.children.slice(1)], levels - 1)
}

/**
 * A transition needs something before it that is not a transition, and something after it.
 * @param isFollowed whether another section follows, to which a transition at the end moves
 */
function checkTransitions(body: readonly Node[], isFollowed: boolean, hasSections: boolean): void {
  const shown = shownOf(body, hasSections)
  for (const [i, child] of shown.entries()) {
    const next = shown[i + 1]
    if (child.kind === 'transition' && (i === 0 || shown[i - 1]?.kind === 'transition' || !(next || isFollowed)))
      unsure('place of a transition')
    if (!isSection(child)) continue
    checkTransitions(withoutTitles(child.children, 1), next ? isSection(next) : isFollowed, hasSections)
  }
}

const SIMPLE_FIELDS = new Set('author organization address contact version revision status date copyright'.split(' '))

/** Fields at the start of a document are its metadata; those that docutils knows have to have a text. */
function checkFields(list: Node): void {
  const topics = new Set<string>()
  for (const { name, children } of list.children) {
    const known = normalizeName(name ?? unsure('field with markup'))
    const [only, ...others] = children
    const isParagraph = only?.kind === 'paragraph' && others.length === 0
    if (SIMPLE_FIELDS.has(known) && !isParagraph) unsure('bibliographic field')
    if (known === 'authors' && !(isParagraph && only.inline?.isPlain && /[\p{L}\p{N}]/u.test(only.inline.text)))
      unsure('authors')
    if (known === 'dedication' || known === 'abstract') {
      if (children.length === 0 || topics.has(known)) unsure('bibliographic field')
      topics.add(known)
    }
  }
}

/** Classes need an element that follows, here or further out. */
function checkClasses(children: readonly Node[], isFollowed: boolean): void {
  let follows = isFollowed
  for (let i = children.length - 1; i >= 0; i--) {
    const child = children[i]!
    if (child.kind === 'class' && !follows) unsure('class of nothing')
    checkClasses(child.children, follows)
    follows ||= !isInvisible(child)
  }
}
