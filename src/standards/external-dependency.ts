/** External dependency specifiers (PEP 725, draft): `dep:type/namespace/name@version?qualifiers#subpath ; marker`. */

import { repr } from '../text/python.js'
import { errorAt, StandardsError } from './error.js'
import { type Marker, parseMarker } from './marker.js'
import { parseSpecifiers, type SpecifierSet } from './specifier.js'
import { tryVersion } from './version.js'

export interface ExternalDependency {
  /** A package URL type, or `virtual`. */
  readonly type: string
  /** Without its slashes at the ends; undefined when there is none. */
  readonly namespace: string | undefined
  readonly name: string
  /** The version or the set of versions, as written. */
  readonly version: string | undefined
  readonly qualifiers: ReadonlyMap<string, string>
  readonly subpath: string | undefined
  readonly marker: Marker | undefined
}

const TYPE = /^[A-Za-z.+-][A-Za-z0-9.+-]*$/
/** A part of a path of a package URL: unreserved characters, a few that need no escape, and escapes. */
const SEGMENT = /^(?:[A-Za-z0-9._~:+!$'()*,=-]|%[0-9A-Fa-f]{2})+$/
const QUALIFIER = /^[A-Za-z._-][A-Za-z0-9._-]*=(?:[A-Za-z0-9._~:+!$'()*,/@=-]|%[0-9A-Fa-f]{2})+$/
const OPERATORS = new Set(['>=', '>', '<', '<=', '=='])
/** Kinds of virtual dependency (PEP 804). */
const VIRTUAL = ['compiler', 'interface']
/** Longest text that is read. */
const LONGEST = 32_768

/**
 * Reads one specifier.
 * @throws StandardsError when it is none.
 */
export function parseExternalDependency(text: string): ExternalDependency {
  const fail = (message: string, start = 0, end = text.length): never => {
    throw errorAt(message, text, start, end)
  }
  const wrong: Wrong = (part, message) => {
    const start = text.indexOf(part)
    return fail(message, start, start + part.length)
  }
  if (text.length > LONGEST) fail('It is too long')
  const semicolon = text.indexOf(';')
  const url = (semicolon < 0 ? text : text.slice(0, semicolon)).trim()
  const marker = semicolon < 0 ? undefined : markerAt(text, semicolon + 1)
  if (!url.startsWith('dep:')) fail("A dependency starts with 'dep:'")
  const hash = url.indexOf('#')
  const question = url.slice(0, hash < 0 ? undefined : hash).indexOf('?')
  const at = url.slice(0, question >= 0 ? question : hash < 0 ? undefined : hash).indexOf('@')
  const ends = [at, question, hash].filter(index => index >= 0)
  const parts = url.slice('dep:'.length, Math.min(...ends, url.length)).split('/')
  const [type = '', ...path] = parts
  const name = path.pop() ?? ''
  if (!TYPE.test(type)) wrong(type, `${repr(type)} is not a valid type`)
  if (path.length === 0 && name === '') fail('A dependency has a type and a name, as in dep:generic/openssl')
  for (const part of [...path, name])
    if (!SEGMENT.test(part)) wrong(part, `${repr(part)} is not a valid part of a name`)
  if (type === 'virtual' && (path.length !== 1 || !VIRTUAL.includes(path[0] ?? '')))
    fail('A virtual dependency is dep:virtual/compiler/NAME or dep:virtual/interface/NAME')
  const after = (index: number, ...others: readonly number[]) =>
    index < 0 ? undefined : url.slice(index + 1, Math.min(...others.filter(other => other > index), url.length))
  const version = after(at, question, hash)
  if (version !== undefined) checkVersion(version.trim(), wrong)
  const qualifiers = qualifiersOf(after(question, hash), wrong)
  const subpath = after(hash)
  if (subpath?.split('/').some(part => !SEGMENT.test(part) || part === '.' || part === '..'))
    wrong(subpath, `${repr(subpath)} is not a valid subpath`)
  return { type, namespace: path.length > 0 ? path.join('/') : undefined, name, version, qualifiers, subpath, marker }
}

/** Rejects a part of the text. */
type Wrong = (part: string, message: string) => never

function checkVersion(text: string, wrong: Wrong): void {
  if (tryVersion(text)) return
  let set: SpecifierSet
  try {
    set = parseSpecifiers(text)
  } catch (error) {
    if (error instanceof StandardsError) wrong(text, `${repr(text)} is not a version or a set of versions`)
    throw error
  }
  if (set.clauses.length === 0) wrong('@', 'There is no version after the @')
  for (const { operator } of set.clauses)
    if (!OPERATORS.has(operator))
      wrong(operator, `The operator ${operator} is not allowed (expected >=, >, <, <= or ==)`)
}

function qualifiersOf(text: string | undefined, wrong: Wrong): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const pair of text?.split('&') ?? []) {
    if (!QUALIFIER.test(pair)) wrong(pair, `${repr(pair)} is not a valid qualifier`)
    const equals = pair.indexOf('=')
    const key = pair.slice(0, equals).toLowerCase()
    if (found.has(key)) wrong(pair, `The qualifier ${repr(key)} appears twice`)
    found.set(key, pair.slice(equals + 1))
  }
  return found
}

function markerAt(text: string, start: number): Marker {
  try {
    return parseMarker(text.slice(start).trim())
  } catch (error) {
    if (error instanceof StandardsError)
      throw errorAt(`Its marker is invalid: ${error.message}`, text, start, text.length)
    throw error
  }
}
