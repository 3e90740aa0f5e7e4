/** A place in a requirement or marker, and the tokens that both know. Spaces are space and tab only. */

import { isBoundary } from '../text/python.js'
import type { PackagingVersion } from './authorities.js'
import { errorAt } from './error.js'

export interface Cursor {
  readonly source: string
  /** UTF-16 units. */
  at: number
}

/** Moves past spaces; true when there were any. */
export function skipBlanks(cursor: Cursor): boolean {
  const start = cursor.at
  while (cursor.source[cursor.at] === ' ' || cursor.source[cursor.at] === '\t') cursor.at++
  return cursor.at > start
}

/** Moves past `text` if it is next. */
export function take(cursor: Cursor, text: string): boolean {
  if (!cursor.source.startsWith(text, cursor.at)) return false
  cursor.at += text.length
  return true
}

/** Moves past one of `words` if it is next and stands alone. */
export function takeWord<T extends string>(cursor: Cursor, words: readonly T[]): T | undefined {
  const { source, at } = cursor
  if (!isBoundary(source, at)) return undefined
  const word = words.find(candidate => source.startsWith(candidate, at) && isBoundary(source, at + candidate.length))
  if (word !== undefined) cursor.at += word.length
  return word
}

export const atEnd = (cursor: Cursor): boolean => cursor.at === cursor.source.length

/** Throws; without `start` and `end`, the error is where the cursor is. */
export function fail(
  cursor: Cursor,
  message: string,
  start = cursor.at,
  end = cursor.at,
  since?: PackagingVersion,
): never {
  throw errorAt(message, cursor.source, start, end, since)
}
