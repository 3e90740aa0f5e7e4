import { type Pyproject, parsePyproject, type TomlValue } from '../distribution/pyproject.js'
import type { SourceLocation } from '../finding.js'
import type { TomlPath, TomlPlace } from '../text/toml-places.js'

/** A key path in a TOML document, tried only when it is written there. */
export type Key = TomlPath

/** A TOML file of the project's source tree. */
export interface TomlFile {
  /** Relative to the repository root, with `/`. */
  readonly path: string
  readonly document: Pyproject
}

export function tomlFile(path: string, text: string): TomlFile {
  const bytes = new TextEncoder().encode(text)
  return { path, document: parsePyproject({ member: path, bytes, cut: false, size: bytes.length }) }
}

/** The location of the first key path that is written in the file: of its value, or of the key, where that is meant. */
export function firstWritten(
  { path, document }: TomlFile,
  keys: Iterable<Key>,
  isKey = false,
): SourceLocation | undefined {
  for (const key of keys) {
    const place = document.locate(key)
    if (place) return { path, ...markedColumns(isKey ? { ...place, endColumn: undefined } : place) }
  }
  return undefined
}

/** The first header of the file, else its first key; undefined when it has none. */
export const firstPlace = ({ path, document }: TomlFile): SourceLocation | undefined =>
  document.first && { path, ...markedColumns(document.first) }

/** The value where it fits on its line; an array over several lines is marked at its key. */
function markedColumns({ line, column, endColumn, key }: TomlPlace): Omit<SourceLocation, 'path'> {
  if (endColumn !== undefined) return { line, column, endColumn }
  return key
    ? { line: key.line, column: key.column, endColumn: key.endColumn }
    : { line, column, endColumn: column + 1 }
}

/** The text of a key; undefined for anything else. `String()` of a table throws: it has no prototype. */
export const textAt = (document: Pyproject, ...key: Key): string | undefined => {
  const value = document.get(...key)
  return typeof value === 'string' ? value : undefined
}

/** Items of an array; empty for anything else. */
export const itemsAt = (document: Pyproject, ...key: Key): readonly TomlValue[] => {
  const value = document.get(...key)
  return Array.isArray(value) ? value : []
}

/** Keys of a table; empty for anything else. */
export const keysAt = (document: Pyproject, ...key: Key): readonly string[] => {
  const value = document.get(...key)
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) ? Object.keys(value) : []
}
