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
  /\bgnu (lesser |library |affero )?general public licen[cs]e,?(.{0,120}?)\bversion ([123](?:\.[01])?)\b(.{0,90})/g

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
    const joined = near
      .map(one => one.text)
      .join(' ')
      .replace(/\s+/g, ' ')
      .toLowerCase()
      .slice(0, 1200)
    const ids = NOTICES.filter(([pattern]) => pattern.test(joined)).map(([, id]) => id)
    const isChoice = offersChoice(joined)
    if (isChoice) choice ??= line
    for (const id of [...ids, ...gnuLicenses(joined).slice(0, isChoice ? undefined : 1)])
      if (!found.has(id)) found.set(id, line)
  }
  if (choice === undefined) return [...found].map(([value, line]) => ({ line, value, kind: 'notice' }))
  const [line = choice] = found.values()
  return [{ line, value: [...found.keys()].join(' OR '), kind: found.size > 1 ? 'notice' : 'choice' }]
}

function gnuLicenses(text: string): readonly string[] {
  if (/\bexception\b/.test(text)) return []
  return [...text.matchAll(GNU)].map(([, kind = '', between = '', version = '', after = '']) => {
    const name = { 'lesser ': 'LGPL', 'library ': 'LGPL', 'affero ': 'AGPL', '': 'GPL' }[kind] ?? 'GPL'
    const full = version.includes('.') ? version : `${version}.0`
    const later = /\blater\b/.test(between) || /\blater\b/.test(after)
    return `${name}-${full}-${later ? 'or-later' : 'only'}`
  })
}
