/** Requirements (dependency specifiers specification, PEP 508), as packaging 26.4 reads them. */

import { compareText, isBoundary, isSpace } from '../text/python.js'
import type { PackagingVersion } from './authorities.js'
import { atEnd, type Cursor, fail, skipBlanks, take } from './cursor.js'
import { attempt, StandardsError } from './error.js'
import { type Marker, readMarker } from './marker.js'
import { canonicalName } from './name.js'
import { matchSpecifier, parseSpecifiers, type SpecifierSet } from './specifier.js'

export interface Requirement {
  /** As written. The grammar lets `a_` through, which is not a valid name. */
  readonly name: string
  /** As written, in order, without repetitions. */
  readonly extras: readonly string[]
  readonly specifier: SpecifierSet
  /** Of a direct reference (`name @ url`). */
  readonly url: string | undefined
  readonly marker: Marker | undefined
  /**
   * The normalized form.
   * @throws StandardsError where the marker cannot be written, see Marker.
   */
  toString(): string
}

/**
 * Reads a requirement.
 * @throws StandardsError when it is none. Messages and positions are packaging's.
 */
export function parseRequirement(text: string): Requirement {
  return readRequirement({ source: text, at: 0 }, true)
}

/**
 * Why packaging before 26.4, which PyPI has, refuses a requirement that parseRequirement takes: a clause of `===` has the commas
 * after it there, up to a blank.
 */
export function olderRefusal(text: string): StandardsError | undefined {
  if (!text.includes('===')) return undefined
  try {
    readRequirement({ source: text, at: 0 }, false)
  } catch (error) {
    if (error instanceof StandardsError) return error
    throw error
  }
  return undefined
}

function readRequirement(cursor: Cursor, commasDivide: boolean): Requirement {
  skipBlanks(cursor)
  const name = readIdentifier(cursor)
  if (name === undefined) return fail(cursor, 'Expected package name at the start of dependency specifier')
  skipBlanks(cursor)
  const extras = [...new Set(readExtras(cursor))]
  skipBlanks(cursor)
  const { url, clauses, marker } = readDetails(cursor, commasDivide)
  if (!atEnd(cursor)) fail(cursor, 'Expected end of dependency specifier')
  const specifier = specifierSet(cursor, clauses)
  return { name, extras, specifier, url, marker, toString: () => format(name, extras, specifier, url, marker) }
}

/** Do both ask for the same? Names and extras are normalized, specifiers canonical; URL and marker compare as text. */
export function requirementsEqual(a: Requirement, b: Requirement): boolean {
  const extras = (requirement: Requirement) => [...new Set(requirement.extras.map(canonicalName))].sort().join()
  return (
    canonicalName(a.name) === canonicalName(b.name) &&
    extras(a) === extras(b) &&
    a.specifier.equals(b.specifier) &&
    a.url === b.url &&
    a.marker?.toString() === b.marker?.toString()
  )
}

function format(
  name: string,
  extras: readonly string[],
  specifier: SpecifierSet,
  url: string | undefined,
  marker: Marker | undefined,
): string {
  const sorted = extras.length > 0 ? `[${[...extras].sort(compareText).join(',')}]` : ''
  const reference = url === undefined ? '' : ` @ ${url}`
  // A blank ends the URL.
  const condition = marker === undefined ? '' : `${url === undefined ? '' : ' '}; ${marker}`
  return name + sorted + specifier + reference + condition
}

/** A name as the grammar has it: ends at the last `\b` of the run. */
function readIdentifier(cursor: Cursor): string | undefined {
  const end = identifierEnd(cursor)
  if (end === undefined) return undefined
  const name = cursor.source.slice(cursor.at, end)
  cursor.at = end
  return name
}

function identifierEnd({ source, at }: Cursor): number | undefined {
  if (!isBoundary(source, at) || !/^[A-Za-z0-9]$/.test(source.charAt(at))) return undefined
  let end = at + 1
  while (/^[A-Za-z0-9._-]$/.test(source.charAt(end))) end++
  while (end > at && !isBoundary(source, end)) end--
  return end > at ? end : undefined
}

function readExtras(cursor: Cursor): readonly string[] {
  const open = cursor.at
  if (!take(cursor, '[')) return []
  skipBlanks(cursor)
  const extras: string[] = []
  const first = readIdentifier(cursor)
  if (first !== undefined) extras.push(first)
  while (extras.length > 0) {
    skipBlanks(cursor)
    if (identifierEnd(cursor) !== undefined) fail(cursor, 'Expected comma between extra names')
    if (!take(cursor, ',')) break
    skipBlanks(cursor)
    extras.push(readIdentifier(cursor) ?? fail(cursor, 'Expected extra name after comma'))
  }
  skipBlanks(cursor)
  if (!take(cursor, ']')) fail(cursor, 'Expected matching RIGHT_BRACKET for LEFT_BRACKET, after extras', open)
  return extras
}

/** Clauses and commas without the spaces between them, and where they stand. */
interface Clauses {
  readonly text: string
  readonly start: number
  readonly end: number
}

interface Details extends Pick<Requirement, 'url' | 'marker'> {
  readonly clauses: Clauses
}

function readDetails(cursor: Cursor, commasDivide: boolean): Details {
  if (take(cursor, '@')) return readReference(cursor)
  const start = cursor.at
  const text = readSpecifiers(cursor, commasDivide)
  const clauses = { text, start, end: cursor.at }
  skipBlanks(cursor)
  const expected =
    text === ''
      ? 'semicolon (after name with no version specifier)'
      : 'comma (within version specifier), semicolon (after version specifier)'
  const marker = readCondition(cursor, start, expected, bareArbitrary(cursor) ? '26.4' : undefined)
  return { url: undefined, clauses, marker }
}

function readReference(cursor: Cursor): Details {
  skipBlanks(cursor)
  const { source, at: start } = cursor
  while (!atEnd(cursor) && !isSpace(source, cursor.at)) cursor.at++
  if (cursor.at === start) fail(cursor, 'Expected URL after @')
  const url = source.slice(start, cursor.at)
  // Before 26.4 only a blank or a tab ended the URL.
  if (!atEnd(cursor) && !skipBlanks(cursor)) fail(cursor, 'Expected whitespace after URL', cursor.at, cursor.at, '26.4')
  const marker = readCondition(cursor, start, 'semicolon (after URL and whitespace)')
  return { url, clauses: { text: '', start, end: start }, marker }
}

/** The marker, or undefined at the end. */
function readCondition(cursor: Cursor, start: number, expected: string, since?: PackagingVersion): Marker | undefined {
  if (atEnd(cursor)) return undefined
  if (!take(cursor, ';')) fail(cursor, `Expected ${expected} or end`, start, cursor.at, since)
  return readMarker(cursor)
}

function readSpecifiers(cursor: Cursor, commasDivide: boolean): string {
  const open = cursor.at
  const parenthesis = take(cursor, '(')
  skipBlanks(cursor)
  const parts: string[] = []
  const whole = commasDivide ? wholeList(cursor) : undefined
  if (whole !== undefined) parts.push(whole)
  while (whole === undefined) {
    const match = matchSpecifier(cursor.source, cursor.at)
    if (match === undefined) break
    parts.push(cursor.source.slice(cursor.at, match.end))
    checkTrail(cursor, match.operator, match.end)
    cursor.at = match.end
    skipBlanks(cursor)
    if (!take(cursor, ',')) break
    parts.push(',')
    skipBlanks(cursor)
  }
  skipBlanks(cursor)
  if (parenthesis && !take(cursor, ')')) {
    const since = bareArbitrary(cursor) ? '26.4' : undefined
    const expected = 'Expected matching RIGHT_PARENTHESIS for LEFT_PARENTHESIS, after version specifier'
    fail(cursor, expected, open, cursor.at, since)
  }
  return parts.join('')
}

/** `===` without a text, which packaging took before 26.4. */
const bareArbitrary = ({ source, at }: Cursor): boolean => /^===\s*(?:[;)]|$)/.test(source.slice(at, at + 1000))

/** All clauses up to `;`, `)` or the end, where commas divide them: no clause of `===` has one then. */
function wholeList(cursor: Cursor): string | undefined {
  const { source, at } = cursor
  let end = at
  while (end < source.length && /^[\t\x20-\x28\x2a-\x3a\x3c-\x7e]$/.test(source.charAt(end))) end++
  if (end === at || (end < source.length && source[end] !== ';' && source[end] !== ')')) return undefined
  const text = source.slice(at, end)
  const count = attempt(parseSpecifiers, text)?.clauses.length ?? 0
  const commas = text.split(',').length - 1
  if (count !== commas + 1 && !(count > 0 && count === commas && /,[ \t]*$/.test(text))) return undefined
  cursor.at = end
  return text
}

/** Says what is wrong with a `.*` or a local version that stopped the clause. */
function checkTrail(cursor: Cursor, operator: string, end: number): void {
  const { source, at } = cursor
  if (source.startsWith('.*', end))
    fail(
      cursor,
      operator === '==' || operator === '!='
        ? '.* suffix cannot be used with pre-release, post-release, dev or local versions'
        : '.* suffix can only be used with `==` or `!=` operators',
      at,
      end + 1,
    )
  if (/^\+[a-z0-9]$/.test(source.slice(end, end + 2)))
    fail(cursor, 'Local version label can only be used with `==` or `!=` operators', at, end)
}

/** A comma inside the text of a `===` clause divides it after all, as in packaging. */
function specifierSet(cursor: Cursor, { text, start, end }: Clauses): SpecifierSet {
  try {
    return parseSpecifiers(text)
  } catch (error) {
    if (error instanceof StandardsError) fail(cursor, error.message, start, end, error.since)
    throw error
  }
}
