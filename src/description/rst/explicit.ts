import { once } from '../../once.js'
import { markEscapes, normalizeName, normalizeSpace, SIMPLE_NAME, withoutEscapes } from './characters.js'
import { directive, substitutionDirective } from './directives.js'
import { type Indented, indentedLines, trimmed, withoutTop } from './lines.js'
import { parsePlace } from './place.js'
import { note, type Reader } from './reader.js'
import { addTarget, type Target } from './references.js'
import { node } from './tree.js'
import { unsure } from './unsure.js'

// Explicit markup: what begins with two periods, and anonymous targets.

type Construct = Pick<Indented, 'next' | 'isFinished'>

const FOOTNOTE = once(
  () => new RegExp(`^\\.\\. +\\[(?:([0-9]+)|#(${SIMPLE_NAME})?|(\\*)|(${SIMPLE_NAME}))\\](?: +|$)`, 'u'),
)
const TARGET = /^\.\. +_(?! |$)/
const SUBSTITUTION = /^\.\. +\|(?! |$)/
const DIRECTIVE = once(() => new RegExp(`^\\.\\. +(${SIMPLE_NAME}) ?::(?: +|$)`, 'u'))
const START = /^\.\.(?: +|$)/
const ANONYMOUS = /^__(?: +|$)/

export function explicitMarkup(reader: Reader, at: number): number {
  const { next, isFinished } = construct(reader, at)
  const following = reader.lines[next] ?? ''
  if (!isFinished && !START.test(following) && !ANONYMOUS.test(following))
    unsure('explicit markup ends without a blank line')
  return next
}

function construct(reader: Reader, at: number): Construct {
  const line = reader.lines[at]!
  const anonymous = ANONYMOUS.exec(line)?.[0]
  if (anonymous !== undefined) return anonymousTarget(reader, at, anonymous.length)
  const footnote = line.includes('[') ? FOOTNOTE().exec(line) : undefined
  if (footnote) return footnoteOrCitation(reader, at, footnote)
  const target = TARGET.exec(line)?.[0]
  if (target !== undefined) return hyperlinkTarget(reader, at, target.length)
  const substitution = SUBSTITUTION.exec(line)?.[0]
  if (substitution !== undefined) return substitutionDefinition(reader, at, substitution.length)
  const named = line.includes('::') ? DIRECTIVE().exec(line) : undefined
  if (named) return directive(reader, at, named[1]!.toLowerCase(), named[0].length)
  return comment(reader, at)
}

function comment(reader: Reader, at: number): Construct {
  const line = reader.lines[at]!
  const first = START.exec(line)?.[0].length ?? 0
  if (line.length === first && (reader.lines[at + 1] ?? '') === '') {
    reader.node.children.push(node('empty_comment'))
    return { next: at + 1, isFinished: true }
  }
  // docutils takes this for the end of a file that it included.
  if (line.startsWith('end of inclusion', first)) unsure('end of inclusion')
  const { lines, next, isFinished } = indentedLines(reader.lines, at, { first })
  reader.node.children.push(node(trimmed(lines).length === 0 ? 'empty_comment' : 'comment'))
  return { next, isFinished }
}

function footnoteOrCitation(reader: Reader, at: number, match: RegExpExecArray): Construct {
  const { references } = reader
  const [mark, number, label, symbol, citation] = match
  const { lines, next, isFinished } = indentedLines(reader.lines, at, { first: mark.length })
  const name = number ?? label ?? citation
  if (symbol !== undefined) references.symbolFootnotes++
  else if (name === undefined) references.unlabelledFootnotes++
  if (name !== undefined) references.notes.add(`${label === undefined ? '' : '#'}${normalizeName(name)}`)
  if (name !== undefined && addTarget(references, normalizeName(name), { isExplicit: true })) note(reader)
  const content = withoutTop(lines)
  if (content.length === 0) unsure('empty footnote')
  reader.node.children.push(node('footnote', reader.nest(reader, content)))
  return { next, isFinished }
}

const TARGET_NAME = /^(?:_|(?!_)(`?)(?![ `])(.+?)(?<![\s\0])\1)(?<!(?<!\0):)(?<![\s\0]) ?:(?: +|$)/u

function hyperlinkTarget(reader: Reader, at: number, first: number): Construct {
  const { lines, next, isFinished } = indentedLines(reader.lines, at, { first, untilBlank: true, keepIndent: true })
  const line = markEscapes(lines[0]!)
  const match = TARGET_NAME.exec(line) ?? unsure('malformed target')
  const block = [line.slice(match[0].length).trim(), ...lines.slice(1).map(markEscapes)]
  makeTarget(reader, match[2] === undefined ? undefined : normalizeName(withoutEscapes(match[2])), block)
  return { next, isFinished }
}

function anonymousTarget(reader: Reader, at: number, first: number): Construct {
  const { lines, next, isFinished } = indentedLines(reader.lines, at, { first, untilBlank: true })
  makeTarget(reader, undefined, withoutTop(lines).map(markEscapes))
  return { next, isFinished }
}

function makeTarget(reader: Reader, name: string | undefined, block: readonly string[]): void {
  const { references } = reader
  if (name === '') unsure('target without a name')
  const place = parsePlace(block)
  reader.node.children.push(node('target'))
  if (name === undefined) {
    references.anonymousTargets++
    if ('refname' in place) references.indirect.add(place.refname)
    else if (place.uri === '') unsure('internal anonymous target')
    return
  }
  const target: Target = 'uri' in place && place.uri === '' ? { isExplicit: true } : { isExplicit: true, ...place }
  if (addTarget(references, name, target)) note(reader)
}

const SUBSTITUTION_NAME = /^((?! ).+?)(?<![\s\0])\|(?: +|$)/u
const EMBEDDED = once(() => new RegExp(`^(${SIMPLE_NAME})::(?: +|$)`, 'u'))
const MAX_SUBSTITUTION = 5000

function substitutionDefinition(reader: Reader, at: number, first: number): Construct {
  const { references } = reader
  const { lines, next, isFinished } = indentedLines(reader.lines, at, { first, keepIndent: true })
  const line = markEscapes(lines[0]!)
  const match = SUBSTITUTION_NAME.exec(line) ?? unsure('malformed substitution')
  // An escape has the length of what it replaces.
  const rest = lines[0]!.slice(match[0].length).trim()
  const name = normalizeSpace(match[1]!)
  if (name.includes('\0')) unsure('escape in the name of a substitution')
  const embedded = EMBEDDED().exec(rest) ?? unsure('substitution without a directive')
  if (lines.reduce((sum, one) => sum + one.length, 0) > MAX_SUBSTITUTION) unsure('long substitution')
  if (references.substitutions.has(name)) unsure('duplicate substitution')
  const content = [rest, ...lines.slice(1)]
  const hasNested = substitutionDirective(reader, content, embedded[1]!.toLowerCase(), embedded[0].length)
  references.substitutions.set(name, { hasNested })
  reader.node.children.push(node('substitution'))
  return { next, isFinished }
}
