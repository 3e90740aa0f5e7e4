/** Import-Name and Import-Namespace values (PEP 794), and the names that Python itself takes. */
import table from '../data/python-names.json' with { type: 'json' }
import { isIdentifier, repr, stripEnd, stripStart } from '../text/python.js'
import { errorAt } from './error.js'

export interface ImportName {
  /** Dotted name. */
  readonly name: string
  readonly private: boolean
  toString(): string
}

/** Hard keywords of Python 3. `match`, `case`, `type` and `_` are soft and may be names. */
export const KEYWORDS: ReadonlySet<string> = new Set(table.keywords)

/** Day of the table of standard library modules, and the Python versions that it knows, oldest first. */
export const STDLIB: { readonly date: string; readonly versions: readonly string[] } = table

/**
 * Reads one value: `dotted.name` or `dotted.name; private`.
 * @throws StandardsError when a part is not an identifier or a keyword, or when something else follows the semicolon. The empty
 * value, which Import-Name may have alone, is for the caller to allow.
 */
export function parseImportName(text: string): ImportName {
  const semicolon = text.indexOf(';')
  const name = stripEnd(semicolon < 0 ? text : text.slice(0, semicolon))
  let at = 0
  for (const part of name.split('.')) {
    const why = !isIdentifier(part) ? 'is not a valid identifier' : KEYWORDS.has(part) ? 'is a keyword' : undefined
    if (why !== undefined) throw errorAt(`${repr(name)} is invalid: ${repr(part)} ${why}`, text, at, at + part.length)
    at += part.length + 1
  }
  const isPrivate = semicolon >= 0
  if (isPrivate && stripStart(text.slice(semicolon + 1)) !== 'private')
    throw errorAt(`${repr(text)} is invalid: the only valid option is 'private'`, text, semicolon + 1, text.length)
  return { name, private: isPrivate, toString: () => (isPrivate ? `${name}; private` : name) }
}

const MODULES: Readonly<Record<string, readonly (readonly string[])[]>> = table.modules

/**
 * Is a top-level module part of the standard library?
 * @param version `3.12`; without it, any version counts. A version newer than the table counts as its newest.
 */
export function isStdlibModule(name: string, version?: string): boolean {
  if (!Object.hasOwn(MODULES, name)) return false
  if (version === undefined) return true
  const known = table.versions.indexOf(version)
  const index = known < 0 ? table.versions.length - 1 : known
  const runs = MODULES[name] ?? []
  return runs.some(
    ([first = '', last = '']) => table.versions.indexOf(first) <= index && index <= table.versions.indexOf(last),
  )
}
