/** Words of a shingle. */
import { once } from '../once.js'
import { isAscii } from '../text/ascii.js'

const WIDTH = 5
/** Characters looked at of one text. */
const MAX_TEXT = 1024 * 1024

/** A word: letters and digits; each Han character is one, as there are no spaces between them. */
const PLAIN_WORD = /[a-z\d]+/g
const WORD = once(() => /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)

/** Spellings that the SPDX matching guidelines hold equal. */
const EQUAL = new Map([
  ['licence', 'license'],
  ['licenced', 'licensed'],
  ['licences', 'licenses'],
  ['sublicence', 'sublicense'],
  ['organisation', 'organization'],
  ['organisations', 'organizations'],
  ['authorisation', 'authorization'],
  ['authorised', 'authorized'],
  ['https', 'http'],
])

/** `1.`, `(a)`, `iv)`: copies number their lists as they like, or not at all. */
const MARKER = /(^|\s)\(?(?:[0-9]{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s)/gi

/** Places where each project puts its own name, over words with single spaces; the name goes. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bin no event (shall|will) .{1,120}? be (?:held )?liable\b/g, 'in no event $1 be liable'],
  [/\bas is and .{1,80}? disclaims? all\b/g, 'as is and disclaims all'],
  [/\bprovided by .{1,120}? as is and any\b/g, 'provided by as is and any'],
  [
    /\bneither the names? of .{1,100}? nor the names? of (?:its|their|the|any) contributors\b/g,
    'neither the name nor the names of contributors',
  ],
]

/**
 * 24-bit keys of every five words in a row. Case, punctuation, line ends and comment marks make no difference; U+0000 in the text
 * ends a row. A row of less than five words gives one key for all of it.
 */
export function shingles(text: string): Set<number> {
  const keys = new Set<number>()
  for (const part of text.slice(0, MAX_TEXT).replace(MARKER, '$1').split('\0')) {
    const lower = part.toLowerCase()
    let plain = (lower.match(isAscii(lower) ? PLAIN_WORD : WORD()) ?? []).map(word => EQUAL.get(word) ?? word).join(' ')
    for (const [pattern, instead] of NAMES) plain = plain.replace(pattern, instead)
    if (plain === '') continue
    const words = plain.split(' ').map(hash)
    for (let at = 0; at <= Math.max(0, words.length - WIDTH); at++) {
      let key = 0x2545f491
      for (let i = at; i < Math.min(at + WIDTH, words.length); i++) key = mix(key, words[i] ?? 0)
      keys.add(key >>> 8)
    }
  }
  return keys
}

/** FNV-1a. */
function hash(word: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < word.length; i++) value = Math.imul(value ^ word.charCodeAt(i), 0x01000193)
  return value
}

function mix(key: number, word: number): number {
  const value = Math.imul(key ^ word, 0x9e3779b1)
  return Math.imul(value ^ (value >>> 15), 0x85ebca6b) ^ (value >>> 13)
}
