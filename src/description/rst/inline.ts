import { once } from '../../once.js'
import { fits } from '../../text/ascii.js'
import { withoutEnd } from '../../text/ends.js'
import {
  AFTER_END,
  isQuoted,
  markEscapes,
  mayEnd,
  mayStart,
  normalizeName,
  normalizeSpace,
  SIMPLE_NAME,
  withoutEscapes,
} from './characters.js'
import { note, type Reader } from './reader.js'
import { addTarget } from './references.js'
import { applyRole, DEFAULT_ROLE, findRole } from './roles.js'
import { unsure } from './unsure.js'

/** What a piece of text contains. */
export interface Inline {
  /** Its characters without markup. */
  readonly text: string
  readonly isPlain: boolean
  /** Has targets or footnote references, which a substitution may not have. */
  hasIds: boolean
  hasAnonymous: boolean
  hasSubstitutions: boolean
}

/** docutils calls itself once for each address in a text, found by its colon or at-sign, and Python bounds that. */
const MAX_ADDRESSES = 100

const TRIGGER = /[*`_|[]/g
const ESCAPED_OR_SPACE = '(?<![\\s\\0])'
const END = {
  '*': once(() => new RegExp(`${ESCAPED_OR_SPACE}(\\*)${AFTER_END}`, 'g')),
  '**': once(() => new RegExp(`${ESCAPED_OR_SPACE}(\\*\\*)${AFTER_END}`, 'g')),
  '``': once(() => new RegExp(`(?<!\\s)(\`\`)${AFTER_END}`, 'g')),
  '_`': once(() => new RegExp(`${ESCAPED_OR_SPACE}(\`)${AFTER_END}`, 'g')),
  '|': once(() => new RegExp(`${ESCAPED_OR_SPACE}(\\|_{0,2})${AFTER_END}`, 'g')),
  '`': once(() => new RegExp(`(?<!(?<!\\0)[\\s\\0])(\`(?::(${SIMPLE_NAME}):)?(__?)?)${AFTER_END}`, 'gu')),
} as const

const FOOTNOTE = once(
  () => new RegExp(`\\[(?:([0-9]+)|#(${SIMPLE_NAME})?|(\\*)|(${SIMPLE_NAME}))\\]_${AFTER_END}`, 'uy'),
)
const isInName = fits(/[A-Za-z\d]/, () => /[\p{L}\p{N}]/u)

/** A piece of markup: where it is, and the text that it shows. */
interface Piece {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Reads text with inline markup. */
export function readInline(reader: Reader, source: string): Inline {
  let rest = markEscapes(source)
  const addresses = rest.match(/[:@]/g)
  if (addresses && addresses.length > MAX_ADDRESSES) unsure('many addresses')
  const found = { hasIds: false, hasAnonymous: false, hasSubstitutions: false }
  let text = ''
  let isPlain = true
  for (;;) {
    const piece = nextPiece(reader, rest, found)
    if (!piece) break
    if (piece.end > piece.start) isPlain = false
    text += withoutEscapes(rest.slice(0, piece.start)) + piece.text
    rest = rest.slice(piece.end)
  }
  return { text: text + withoutEscapes(rest), isPlain, ...found }
}

type Found = Pick<Inline, 'hasIds' | 'hasAnonymous' | 'hasSubstitutions'>

/** The first markup in a text; docutils begins anew after it, as if the text began there. */
function nextPiece(reader: Reader, text: string, found: Found): Piece | undefined {
  TRIGGER.lastIndex = 0
  for (let match = TRIGGER.exec(text); match; match = TRIGGER.exec(text)) {
    const at = match.index
    const resume = TRIGGER.lastIndex
    const piece = pieceAt(reader, text, at, found)
    if (piece) return piece
    TRIGGER.lastIndex = resume
  }
  return undefined
}

function pieceAt(reader: Reader, text: string, at: number, found: Found): Piece | undefined {
  switch (text[at]) {
    case '*':
      return text[at + 1] === '*' && !isSpace(text, at + 2)
        ? simple(text, at, '**')
        : text[at + 1] === '*'
          ? undefined
          : simple(text, at, '*')
    case '`':
      if (text[at + 1] !== '`') return interpreted(reader, text, at, found)
      return simple(text, at, '``')
    case '|':
      return text[at + 1] === '|' ? undefined : substitution(reader, text, at, found)
    case '[':
      return footnote(reader, text, at, found)
    default:
      return text[at + 1] === '`' && mayStart(text, at) && !isSpace(text, at + 2)
        ? internalTarget(reader, text, at, found)
        : reference(reader, text, at, found)
  }
}

const isSpace = (text: string, at: number) => at < text.length && /\s/.test(text[at]!)

/** Whether what starts here is not markup, because it is quoted or ends the text. */
function isNoStart(text: string, start: number, end: number): boolean {
  if (start === 0) return false
  return end >= text.length || isQuoted(text[start - 1]!, text[end]!)
}

/** The end-string, if there is one after at least one character: docutils warns when there is none. */
function findEnd(pattern: RegExp, text: string, from: number): RegExpExecArray {
  pattern.lastIndex = from
  const match = pattern.exec(text)
  return match && match.index > from ? match : unsure('no end-string')
}

/** Text that looks like a start, but is none: what follows is looked at as if a text began there. */
const skipped = (end: number): Piece => ({ start: end, end, text: '' })

function enclosed(text: string, at: number, start: '*' | '**' | '``' | '|' | '_`') {
  const from = at + start.length
  if (!mayStart(text, at) || isSpace(text, from)) return undefined
  if (isNoStart(text, at, from)) return skipped(from)
  const match = findEnd(END[start](), text, from)
  return { start: at, end: match.index + match[1]!.length, inner: text.slice(from, match.index), mark: match[1]! }
}

function simple(text: string, at: number, start: '*' | '**' | '``'): Piece | undefined {
  const piece = enclosed(text, at, start)
  if (!piece || !('inner' in piece)) return piece
  return { ...piece, text: start === '``' ? piece.inner.replaceAll('\0', '\\') : withoutEscapes(piece.inner) }
}

function internalTarget(reader: Reader, text: string, at: number, found: Found): Piece | undefined {
  const piece = enclosed(text, at, '_`')
  if (!piece || !('inner' in piece)) return piece
  found.hasIds = true
  const name = withoutEscapes(piece.inner)
  if (addTarget(reader.references, normalizeName(name), { isExplicit: true })) note(reader)
  return { ...piece, text: name }
}

function substitution(reader: Reader, text: string, at: number, found: Found): Piece | undefined {
  const piece = enclosed(text, at, '|')
  if (!piece || !('inner' in piece)) return piece
  found.hasSubstitutions = true
  const name = withoutEscapes(piece.inner)
  reader.references.wantedSubstitutions.add(normalizeSpace(name))
  if (piece.mark === '|_') reader.references.wanted.add(normalizeName(name))
  if (piece.mark === '|__') anonymous(reader, found)
  return { ...piece, text: name }
}

function anonymous(reader: Reader, found: Found): void {
  reader.references.anonymousReferences++
  found.hasAnonymous = true
}

/** `name_` and `name__`, known by their end. */
function reference(reader: Reader, text: string, at: number, found: Found): Piece | undefined {
  if (at === 0 || !isAlphanumeric(text, at - 1)) return undefined
  const end = mayEnd(text, at + 1) ? at + 1 : text[at + 1] === '_' && mayEnd(text, at + 2) ? at + 2 : undefined
  if (end === undefined) return undefined
  const start = nameStart(text, at, place => mayStart(text, place))
  if (start === undefined) return undefined
  const name = text.slice(start, at)
  if (end - at === 2) anonymous(reader, found)
  else reader.references.wanted.add(normalizeName(name))
  return { start, end, text: name }
}

function isAlphanumeric(text: string, at: number): boolean {
  if (at < 0) return false
  const unit = text.charCodeAt(at)
  const isTrail = unit >= 0xdc00 && unit < 0xe000
  return isInName(isTrail ? text.slice(at - 1, at + 1) : text[at]!)
}

/** The first place where a simple name that ends before `end` can begin: at its first letter, or after a separator. */
function nameStart(text: string, end: number, accept: (place: number) => boolean = () => true): number | undefined {
  let first: number | undefined
  let at = end
  for (;;) {
    const before = at
    while (isAlphanumeric(text, at - 1)) at--
    if (at === before) return first
    if (accept(at)) first = at
    if (at < 2 || !'-._+:'.includes(text[at - 1]!) || !isAlphanumeric(text, at - 2)) return first
    at--
  }
}

function footnote(reader: Reader, text: string, at: number, found: Found): Piece | undefined {
  if (!mayStart(text, at)) return undefined
  const pattern = FOOTNOTE()
  pattern.lastIndex = at
  const match = pattern.exec(text)
  if (!match) return undefined
  const { references } = reader
  const [whole, number, label, symbol, citation] = match
  found.hasIds = true
  if (symbol !== undefined) references.symbolReferences++
  else if (label !== undefined) references.wantedNotes.add(`#${normalizeName(label)}`)
  else if (number === undefined && citation === undefined) references.unlabelledReferences++
  else references.wantedNotes.add(normalizeName(number ?? citation ?? ''))
  return { start: at, end: at + whole.length, text: number ?? citation ?? '' }
}

/** Interpreted text and references by phrase: in backquotes, with a role before or after. */
function interpreted(reader: Reader, text: string, at: number, found: Found): Piece | undefined {
  const from = at + 1
  const prefix = rolePrefix(text, at)
  const start = prefix?.start ?? at
  if (!mayStart(text, start) || isSpace(text, from)) return undefined
  if (!prefix && isNoStart(text, at, from)) return skipped(from)
  const match = findEnd(END['`'](), text, from)
  const [, mark = '', suffix, underscores = ''] = match
  const end = match.index + mark.length
  const inner = text.slice(from, match.index)
  if (prefix && suffix !== undefined) unsure('two roles')
  const name = prefix?.name ?? suffix
  if (underscores !== '') {
    if (name !== undefined) unsure('role and reference')
    return { start, end, text: phrase(reader, inner, underscores, found) }
  }
  const role = name === undefined ? DEFAULT_ROLE : findRole(reader.roles, name)
  return { start, end, text: applyRole(role, withoutEscapes(inner), inner.replaceAll('\0', '\\')) }
}

function rolePrefix(text: string, at: number): { readonly start: number; readonly name: string } | undefined {
  if (text[at - 1] !== ':') return undefined
  const first = nameStart(text, at - 1)
  if (first === undefined || text[first - 1] !== ':' || !mayStart(text, first - 1)) return undefined
  return { start: first - 1, name: text.slice(first, at - 1) }
}

/** A reference by phrase, perhaps with its target in angle brackets; gives the text shown. */
function phrase(reader: Reader, inner: string, underscores: string, found: Found): string {
  const { references } = reader
  const isAnonymous = underscores === '__'
  const embedded = embeddedTarget(inner)
  if (!embedded) {
    const text = withoutEscapes(inner)
    if (isAnonymous) anonymous(reader, found)
    else references.wanted.add(normalizeName(text))
    return text
  }
  const { target, before } = embedded
  if (target.includes('\0') || (before === '' && target.includes('@'))) unsure('embedded target')
  const isAlias = isAliasName(target)
  const place = isAlias ? normalizeName(target.slice(0, -1)) : target.split(/\s+/).join('')
  const text = withoutEscapes(before === '' ? place : before)
  if (isAlias) references.wanted.add(place)
  if (isAnonymous) return text
  found.hasIds = true
  const isNoted = addTarget(references, normalizeName(text), {
    isExplicit: false,
    ...(isAlias ? { refname: place } : { uri: place }),
  })
  if (isNoted) note(reader)
  return text
}

const PLAIN_URL = /^https?:\/\/[-\w.~/%=+:]*\w$/

/** Whether a target in angle brackets is the name of another one. */
function isAliasName(target: string): boolean {
  if (!target.endsWith('_')) return false
  if (PLAIN_URL.test(target)) return false
  return /[:@]/.test(target) ? unsure('embedded target') : true
}

/** `text <target>`: the target in angle brackets at the end, and the text before. */
function embeddedTarget(inner: string): { readonly target: string; readonly before: string } | undefined {
  const close = inner.length - 1
  if (inner[close] !== '>' || /[\s\0]/.test(inner[close - 1] ?? ' ')) return undefined
  let open = close - 1
  while (open >= 0) {
    const char = inner[open]
    const isEscaped = inner[open - 1] === '\0'
    if (char === '<' && !isEscaped) break
    if (char === '>' && !isEscaped) return undefined
    open--
  }
  if (open < 0 || open + 1 >= close || /\s/.test(inner[open + 1]!)) return undefined
  if (open > 0 && !/[ \n]/.test(inner[open - 1]!)) return undefined
  return { target: inner.slice(open + 1, close), before: withoutEnd(inner.slice(0, open), /[ \n]/) }
}
