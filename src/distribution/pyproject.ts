import type { Place } from '../finding.js'

export type TomlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | readonly TomlValue[]
  | { readonly [key: string]: TomlValue }

/** pyproject.toml at the top of an sdist (or of the source tree). */
export interface Pyproject {
  readonly member: string
  readonly text: string
  /** The parsed document; undefined when it is not valid UTF-8 TOML. Tables have no prototype. */
  readonly data: { readonly [key: string]: TomlValue } | undefined
  /** Why it does not parse: message in plain words, with line and column. */
  readonly error: (Place & { readonly message: string }) | undefined
  /** The `[project]` table, when it is a table. */
  readonly project: { readonly [key: string]: TomlValue } | undefined
  /** Value at a key path, `get('tool', 'flit', 'module')`; own keys only. */
  get(...path: readonly (string | number)[]): TomlValue | undefined
  /**
   * Where a key (or array item) stands: line and column of the value, `field` the dotted path. Falls back to the nearest
   * enclosing key that is written, and to line 1.
   */
  place(...path: readonly (string | number)[]): Place & { readonly line: number }
}
