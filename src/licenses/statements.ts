import { offersChoice } from './choice.js'
import type { CommentLine } from './comments.js'

export interface Statement {
  readonly line: number
  /** An expression as written, an SPDX id, or ids joined by OR. */
  readonly value: string
  /**
   * `tag`: SPDX-License-Identifier; `notice`: the sentence that a license asks to be put into each file; `choice`: the reader may
   * choose among licenses that are not all known, and the value has those that are.
   */
  readonly kind: 'tag' | 'notice' | 'choice'
  /** It is the notice by which a file itself is put under a GNU license, and nothing in the comments takes anything of it back. */
  readonly isGrant?: true
}

const TAG = /^SPDX-License-Identifier:[ \t]*(.{1,200})$/i
/** Lines of a notice that are read together. */
const WINDOW = 12
/** Of these, the ones before the line that has the word. */
const BEFORE = 3

/** Sentences that licenses ask for, over a text with single blanks in lower case. */
const NOTICES: readonly (readonly [RegExp, string])[] = [
  [/\bboost software licen[cs]e,? version 1\.0/, 'BSL-1.0'],
  [/\blicensed under the apache licen[cs]e,? version 2\.0/, 'Apache-2.0'],
  [/\bmozilla public licen[cs]e,? v(?:ersion|\.)? ?2\.0/, 'MPL-2.0'],
  [/@licen[cs]e:? (?:the )?mit\b|\b(?:licensed|released|available) under (?:the )?mit licen[cs]e/, 'MIT'],
]
const GNU =
  /\bgnu (lesser |library |affero )?general public licen[cs]e,?(.{0,120}?)\bv(?:ersion |\.? ?)([123](?:\.[01])?)\b(.{0,90})/g
/** The same by its initials: `released under the GPL, version 2`. */
const INITIALS =
  /\b(?:licensed|released|distributed|available|covered) (?:under|by) (?:the )?(?:terms of )?(?:the )?(?:gnu )?(l|a)?gpl,? ?(?:licen[cs]e,? ?)?v(?:ersion |\.? ?)?([123](?:\.[01])?)\b(.{0,60})/g
const GRANT =
  /\b(?:is|are) free software[;:,.]? you (?:can|may) redistribute (?:it|them) and\/or modify (?:it|them) under the terms of (?:version [123](?:\.[01])? of )?the gnu (?:lesser |library |affero )?general public licen[cs]e\b/
/** Words that come with what the file may also be used under, or with what the license does not ask. */
const MITIGATED =
  /\b(?:exception|alternative(?:ly)?|in addition|additional permission|permission is (?:also )?(?:hereby )?granted|permitted|redistribution and use|dual|either the gnu|(?:mit|bsd|apache|mozilla|python)(?:[- ](?:style|software|public|x11))? licen[cs]e|mpl|not (?:under|covered|licensed)|was (?:once )?(?:gpl|licensed|released|distributed))\b/

/** What comments say of the license of the file that they are in. */
export function statements(lines: readonly CommentLine[]): readonly Statement[] {
  const tags = lines.flatMap(({ line, text }): Statement[] => {
    const value = TAG.exec(text)?.[1]
      ?.replace(/\s*(?:\*\/|-->)\s*$/, '')
      .trim()
    return value ? [{ line, value, kind: 'tag' }] : []
  })
  if (tags.length > 0) return tags
  const found = new Map<string, number>()
  let choice: number | undefined
  for (const [i, { line, text }] of lines.entries()) {
    if (!/licen[cs]e/i.test(text)) continue
    const near = lines.slice(Math.max(0, i - BEFORE), i + WINDOW)
    const joined = joinedLines(near).slice(0, 1200)
    const ids = NOTICES.filter(([pattern]) => pattern.test(joined)).map(([, id]) => id)
    const isChoice = offersChoice(joined)
    if (isChoice) choice ??= line
    for (const id of [...ids, ...gnuLicenses(joined).slice(0, isChoice ? undefined : 1)])
      if (!found.has(id)) found.set(id, line)
  }
  const whole = joinedLines(lines)
  const isGrant = GRANT.test(whole) && !MITIGATED.test(whole)
  if (choice === undefined)
    return [...found].map(([value, line]) => ({
      line,
      value,
      kind: 'notice',
      ...(isGrant && /^[AL]?GPL-/.test(value) && { isGrant }),
    }))
  const [line = choice] = found.values()
  return [{ line, value: [...found.keys()].join(' OR '), kind: found.size > 1 ? 'notice' : 'choice' }]
}

const joinedLines = (lines: readonly CommentLine[]): string =>
  lines
    .map(one => one.text)
    .join(' ')
    .replace(/\s+/g, ' ')
    .toLowerCase()

function gnuLicenses(text: string): readonly string[] {
  if (/\bexception\b/.test(text)) return []
  const idOf = (name: string, version: string, later: boolean) =>
    `${name}-${version.includes('.') ? version : `${version}.0`}-${later ? 'or-later' : 'only'}`
  const inFull = [...text.matchAll(GNU)].map(([, kind = '', between = '', version = '', after = '']) => {
    const name = { 'lesser ': 'LGPL', 'library ': 'LGPL', 'affero ': 'AGPL', '': 'GPL' }[kind] ?? 'GPL'
    return idOf(name, version, /\blater\b/.test(between) || /\blater\b/.test(after))
  })
  if (inFull.length > 0) return inFull
  return [...text.matchAll(INITIALS)].map(([, kind = '', version = '', after = '']) =>
    idOf(`${kind.toUpperCase()}GPL`, version, /^\+|\blater\b/.test(after)),
  )
}

/** Of the lines of a docstring: the grant alone, with whose work it is. Other words may be about licenses. */
export const docstringStatements = (lines: readonly CommentLine[]): readonly Statement[] =>
  lines.some(({ text }) => /copyright|\(c\)|©/i.test(text)) ? statements(lines).filter(({ isGrant }) => isGrant) : []
