/** Trove classifiers, the list that PyPI checks against. */
import table from '../data/classifiers.json' with { type: 'json' }

export interface Classifiers {
  /** Day and version of the list, `2026-11-25`, `2026.9.21.13`. */
  readonly date: string
  readonly version: string
  /** Every classifier that is not deprecated. */
  readonly all: ReadonlySet<string>
  /** Deprecated ones, each with what replaces it (none, one or several). PyPI refuses them. */
  readonly deprecated: ReadonlyMap<string, readonly string[]>
}

let all: ReadonlySet<string> | undefined
let deprecated: ReadonlyMap<string, readonly string[]> | undefined

/** The sets are built on first use. */
export const CLASSIFIERS: Classifiers = {
  date: table.date,
  version: table.version,
  get all() {
    all ??= new Set(table.classifiers)
    return all
  },
  get deprecated() {
    deprecated ??= new Map(Object.entries(table.deprecated))
    return deprecated
  },
}
