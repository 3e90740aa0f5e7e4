import { normalizeName } from './characters.js'
import { type DirectiveBlock, readDirectiveBlock, type Shape } from './directive-block.js'
import { FIGURE_SHAPE, figure, IMAGE_SHAPE, image, SUBSTITUTED_IMAGE_SHAPE } from './images.js'
import { readInline } from './inline.js'
import { indentedLines } from './lines.js'
import { quote } from './lists.js'
import { classes, count, flag, isClass, type OptionSpec, oneOf, positive, something } from './options.js'
import { note, type Reader } from './reader.js'
import { addTarget } from './references.js'
import { roleDirective } from './role-directive.js'
import { CSV_SHAPE, csvTable, LIST_SHAPE, listTable, TABLE_SHAPE, table } from './table-directives.js'
import { node } from './tree.js'
import { unsure } from './unsure.js'

// The directives that READMEs use (parsers/rst/directives/): all others, and wrong ones, are docutils' to judge.

interface Directive {
  readonly shape: Shape
  readonly read: (reader: Reader, block: DirectiveBlock) => void
}

const COMMON: OptionSpec = { class: classes, name: something }

/** Nested blocks, with a title if there are arguments. */
const nested =
  (title = false): Directive['read'] =>
  (reader, { args, content }) => {
    if (title && args[0] !== undefined) readInline(reader, args[0])
    reader.node.children.push(node('element', reader.nest(reader, filled(content))))
  }

function filled(content: readonly string[]): readonly string[] {
  return content.length > 0 ? content : unsure('directive without content')
}

const ADMONITION: Directive = { shape: { options: COMMON, hasContent: true }, read: nested() }
const TITLED: Shape = { args: [1, 1], isTextual: true, options: COMMON, hasContent: true }
const BLOCK_QUOTE: Directive = {
  shape: { hasContent: true },
  read: (reader, { content }) => quote(reader, filled(content)),
}
const literal =
  (read: (reader: Reader, text: string) => void = () => {}): Directive['read'] =>
  (reader, { content }) => {
    read(reader, filled(content).join('\n'))
    reader.node.children.push(node('literal_block'))
  }
const CODE: Directive = {
  shape: {
    args: [0, 1],
    options: { ...COMMON, 'number-lines': value => value === undefined || count(value) },
    hasContent: true,
  },
  read: literal(),
}
/** Only between sections, not in other elements. */
const outermost =
  (read: Directive['read']): Directive['read'] =>
  (reader, block) =>
    reader.titles ? read(reader, block) : unsure('directive inside an element')
const SECTION_NUMBERS: Directive = {
  shape: { options: { depth: count, start: positive } },
  read: reader => reader.node.children.push(node('pending')),
}

const DIRECTIVES: Readonly<Record<string, Directive>> = {
  attention: ADMONITION,
  caution: ADMONITION,
  danger: ADMONITION,
  error: ADMONITION,
  hint: ADMONITION,
  important: ADMONITION,
  note: ADMONITION,
  tip: ADMONITION,
  warning: ADMONITION,
  admonition: { shape: TITLED, read: nested(true) },
  topic: { shape: TITLED, read: outermost(nested(true)) },
  sidebar: { shape: TITLED, read: outermost(nested(true)) },
  compound: ADMONITION,
  container: {
    shape: { args: [0, 1], isTextual: true, options: { name: something }, hasContent: true },
    read: (reader, block) => {
      if (block.args[0] !== undefined && !isClass(block.args[0])) unsure('class')
      nested()(reader, block)
    },
  },
  epigraph: BLOCK_QUOTE,
  highlights: BLOCK_QUOTE,
  'pull-quote': BLOCK_QUOTE,
  code: CODE,
  'code-block': CODE,
  sourcecode: CODE,
  math: { shape: { options: COMMON, hasContent: true }, read: literal() },
  'parsed-literal': { shape: { options: COMMON, hasContent: true }, read: literal(readInline) },
  rubric: {
    shape: { args: [1, 1], isTextual: true, options: COMMON },
    read: (reader, { args }) => {
      readInline(reader, args[0]!)
      reader.node.children.push(node('element'))
    },
  },
  image: { shape: IMAGE_SHAPE, read: image },
  figure: { shape: FIGURE_SHAPE, read: figure },
  table: { shape: TABLE_SHAPE, read: table },
  'list-table': { shape: LIST_SHAPE, read: listTable },
  'csv-table': { shape: CSV_SHAPE, read: csvTable },
  contents: {
    shape: {
      args: [0, 1],
      isTextual: true,
      options: { depth: count, local: flag, backlinks: oneOf('top', 'entry', 'none'), class: classes },
    },
    read: outermost(contents),
  },
  sectnum: SECTION_NUMBERS,
  'section-numbering': SECTION_NUMBERS,
  class: { shape: { args: [1, 1], isTextual: true, hasContent: true }, read: classDirective },
  'rst-class': { shape: { args: [1, 1], isTextual: true, hasContent: true }, read: classDirective },
  role: { shape: { hasContent: true }, read: roleDirective },
}

/** Reads a directive; `first` is where its line goes on after the name. */
export function directive(reader: Reader, at: number, name: string, first: number) {
  const known = Object.hasOwn(DIRECTIVES, name) ? DIRECTIVES[name]! : unsure(`directive ${name}`)
  const { lines, next, isFinished } = indentedLines(reader.lines, at, { first })
  const block = readDirectiveBlock(lines, known.shape)
  known.read(reader, block)
  const named = block.options.get('name')
  if (named !== undefined && addTarget(reader.references, normalizeName(named), { isExplicit: true })) note(reader)
  return { next, isFinished }
}

const INLINE_DIRECTIVES: Readonly<Record<string, Directive>> = {
  image: { shape: SUBSTITUTED_IMAGE_SHAPE, read: image },
  unicode: {
    shape: { args: [1, 1], isTextual: true, options: { trim: flag, ltrim: flag, rtrim: flag } },
    read: (_, { args }) => unicode(args[0]!),
  },
  date: { shape: { hasContent: true }, read: (_, { content }) => date(content.join('\n')) },
}

/**
 * Reads the directive in a substitution definition, whose first line begins with its name.
 * @returns whether it contains further substitutions
 */
export function substitutionDirective(reader: Reader, all: readonly string[], name: string, first: number): boolean {
  const { lines } = indentedLines(all, 0, { first })
  if (name === 'replace') return replace(reader, readDirectiveBlock(lines, { hasContent: true }).content)
  const known = Object.hasOwn(INLINE_DIRECTIVES, name) ? INLINE_DIRECTIVES[name]! : unsure(`inline directive ${name}`)
  known.read({ ...reader, node: node('element') }, readDirectiveBlock(lines, known.shape))
  return false
}

/** One paragraph, without what a substitution may not contain. */
function replace(reader: Reader, content: readonly string[]): boolean {
  const children = reader.nest(reader, filled(content))
  const inline = children.length === 1 ? children[0]?.inline : undefined
  const { hasIds, hasAnonymous, hasSubstitutions } = inline ?? unsure('replacement of more than a paragraph')
  if (hasIds || hasAnonymous) unsure('target in a substitution')
  return hasSubstitutions
}

const CODE_POINT = /^(?:(?:0x|x|\\x|U\+?|\\u)([0-9a-f]{1,6})|&#x([0-9a-f]{1,6});)$/i

function unicode(text: string): void {
  const codes = text
    .split(/(?:[ \n]|^)\.\. /, 1)[0]!
    .split(/\s+/)
    .filter(Boolean)
  if (codes.length === 0) unsure('no character')
  for (const code of codes) {
    if (/\p{N}/u.test(code) && /^[^a-z]*$/i.test(code) && !CODE_POINT.test(code)) unsure('character code')
    const match = CODE_POINT.exec(code)
    const point = match ? Number.parseInt(match[1] ?? match[2] ?? '', 16) : 0x20
    if (point < 0x20 || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) unsure('character code')
  }
}

function date(format: string): void {
  if (!/^(?:%[YmdHMSBbAajpyZ]|[\w ,.:/-])*$/.test(format)) unsure('format of a date')
}

function contents(reader: Reader, { args, options }: DirectiveBlock): void {
  const { references } = reader
  const title = args[0] === undefined ? 'Contents' : readInline(reader, args[0]).text
  // The title of a table of contents gives way to any other target of that name.
  const name = normalizeName(title)
  if (!references.targets.has(name)) addTarget(references, name, { isExplicit: false })
  reader.node.children.push(node(options.has('local') ? 'local_contents' : 'contents'))
}

/** Classes for the content, or for what follows the directive. */
function classDirective(reader: Reader, { args, content }: DirectiveBlock): void {
  if (!isClass(args[0]!)) unsure('class')
  if (content.length === 0) reader.node.children.push(node('class'))
  else for (const child of reader.nest(reader, content)) reader.node.children.push(child)
}
