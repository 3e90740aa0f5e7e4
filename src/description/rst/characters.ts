import { once } from '../../once.js'
import { fits, isAscii } from '../../text/ascii.js'
import { unsure } from './unsure.js'

// What docutils asks of characters (utils/punctuation_chars.py, Unicode 14 to 16), for the characters on which all versions
// of Unicode since then agree. Texts with others are given up.

/**
 * Separators of lines that a metadata file does not know, white space that JavaScript and Python see differently, and what is
 * not a character.
 */
const isStrange = fits(/[\0-\x08\x0e-\x1f\x7f]/, () => /[\0-\x08\x0e-\x1f\x7f\x85\u2028\u2029\ufeff\p{Cn}\p{Cs}]/u)
/** Blocks whose punctuation docutils' tables and Unicode's categories sort in the same way. */
const KNOWN_BLOCKS: readonly (readonly [number, number])[] = [
  [0xa0, 0xbf],
  [0x2010, 0x205e],
  [0x3000, 0x303f],
  [0xff00, 0xffef],
]
const EXOTIC_PUNCTUATION = once(
  () => /(?![\0-\x7f\xa0-\xbf\u2010-\u205e\u3000-\u303f\uff00-\uffef])[\p{P}\u166d\u19de\u19df\u2308-\u230b]/u,
)

/** Gives up a text with characters whose class is in doubt. */
export function checkCharacters(text: string): void {
  if (isStrange(text)) unsure('strange character')
  if (!isAscii(text) && EXOTIC_PUNCTUATION().test(text)) unsure('exotic punctuation')
}

const KNOWN = KNOWN_BLOCKS.map(([from, to]) =>
  String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, i) => from + i)),
).join('')

/** The characters of the known blocks that match the pattern, written for a character class. */
const known = (category: RegExp, without = ''): string =>
  (KNOWN.match(category) ?? []).filter(char => !without.includes(char)).join('')

const OPENERS = known(/[\p{Ps}\p{Pi}\p{Pf}]/gu)
const CLOSERS = known(/[\p{Pe}\p{Pi}\p{Pf}\u201a\u201e]/gu)
const DELIMITERS = `\\-/:${known(/[\p{Pd}\p{Po}]/gu, '§¶')}`

/** May stand before the start of inline markup; the start of the text may, too. */
const BEFORE_START = new RegExp(`[\\s"'(<[{${OPENERS}${DELIMITERS}]`)
/** Must follow inline markup. */
export const AFTER_END = `(?:$|(?=[\\s\\0\\\\.,;!?"')>\\]}${CLOSERS}${DELIMITERS}]))`
/** A reference name without backquotes: alphanumerics with single `-._+:` between them. For patterns with the flag `u`. */
export const SIMPLE_NAME = '[\\p{L}\\p{N}]+(?:[\\-._+:][\\p{L}\\p{N}]+)*'

const AFTER_END_CHAR = new RegExp(`^${AFTER_END}`)
const ASCII_OPENERS = `"'(<[{`
const ASCII_CLOSERS = `"')>]}`
const PUNCTUATION = once(() => /\p{P}/u)

/** Can inline markup start at this place? */
export function mayStart(text: string, at: number): boolean {
  return at === 0 || BEFORE_START.test(text.charAt(at - 1))
}

/** Can inline markup end before this place? */
export function mayEnd(text: string, at: number): boolean {
  return at >= text.length || AFTER_END_CHAR.test(text.charAt(at))
}

/** Is what is between both characters quoted by them? Then it is not markup. */
export function isQuoted(before: string, after: string): boolean {
  const opener = ASCII_OPENERS.indexOf(before)
  if (opener >= 0) return after === ASCII_CLOSERS[opener]
  if (before > '\x7f' && PUNCTUATION().test(before) && PUNCTUATION().test(after) && after > '\x7f')
    unsure('quoted start-string')
  return false
}

/** Names are compared without regard to case and white space. */
export const normalizeName = (name: string) => name.toLowerCase().split(/\s+/).filter(Boolean).join(' ')
export const normalizeSpace = (name: string) => name.split(/\s+/).filter(Boolean).join(' ')

/** Backslash escapes as docutils keeps them while it reads inline markup: NUL before the escaped character. */
export const markEscapes = (text: string) => (text.includes('\\') ? text.replace(/\\(.?)/gsu, '\0$1') : text)

/** The text without escapes; escaped spaces vanish. */
export const withoutEscapes = (text: string) => (text.includes('\0') ? text.replace(/\0[ \n]?/g, '') : text)
