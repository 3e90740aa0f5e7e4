import type { CommentLine } from './comments.js'

export interface Statement {
  readonly line: number
  /** An expression as written, or an SPDX id. */
  readonly value: string
  /** `tag`: SPDX-License-Identifier; `notice`: the sentence that a licence asks to be put into each file. */
  readonly kind: 'tag' | 'notice'
}

const TAG = /^SPDX-License-Identifier:[ \t]*(.{1,200})$/i
/** Lines of a notice that are read together. */
const WINDOW = 12

/** Sentences that licences ask for, over a text with single blanks in lower case. */
const NOTICES: readonly (readonly [RegExp, string])[] = [
  [/\bboost software licen[cs]e,? version 1\.0/, 'BSL-1.0'],
  [/\blicensed under the apache licen[cs]e,? version 2\.0/, 'Apache-2.0'],
  [/\bmozilla public licen[cs]e,? v(?:ersion|\.)? ?2\.0/, 'MPL-2.0'],
  [/@licen[cs]e:? (?:the )?mit\b|\b(?:licensed|released|available) under (?:the )?mit licen[cs]e/, 'MIT'],
]
const GNU =
  /\bgnu (lesser |library |affero )?general public licen[cs]e,?(.{0,120}?)\bversion ([123](?:\.[01])?)\b(.{0,90})/

/** What comments say of the licence of the file that they are in. */
export function statements(lines: readonly CommentLine[]): readonly Statement[] {
  const tags = lines.flatMap(({ line, text }): Statement[] => {
    const value = TAG.exec(text)?.[1]
      ?.replace(/\s*(?:\*\/|-->)\s*$/, '')
      .trim()
    return value ? [{ line, value, kind: 'tag' }] : []
  })
  if (tags.length > 0) return tags
  const found = new Map<string, Statement>()
  for (const [i, { line, text }] of lines.entries()) {
    if (!/licen[cs]e/i.test(text)) continue
    const near = lines.slice(Math.max(0, i - 1), i + WINDOW)
    const joined = near
      .map(one => one.text)
      .join(' ')
      .replace(/\s+/g, ' ')
      .toLowerCase()
      .slice(0, 1000)
    const ids = NOTICES.filter(([pattern]) => pattern.test(joined)).map(([, id]) => id)
    const gnu = gnuLicense(joined)
    for (const id of gnu ? [...ids, gnu] : ids) if (!found.has(id)) found.set(id, { line, value: id, kind: 'notice' })
  }
  return [...found.values()]
}

function gnuLicense(text: string): string | undefined {
  const [, kind = '', between = '', version = '', after = ''] = GNU.exec(text) ?? []
  if (version === '' || /\bexception\b/.test(text)) return undefined
  const name = { 'lesser ': 'LGPL', 'library ': 'LGPL', 'affero ': 'AGPL', '': 'GPL' }[kind] ?? 'GPL'
  const full = version.includes('.') ? version : `${version}.0`
  const later = /\blater\b/.test(between) || /\blater\b/.test(after)
  return `${name}-${full}-${later ? 'or-later' : 'only'}`
}
