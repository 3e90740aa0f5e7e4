import type { Sdist, Wheel } from '../../distribution/distribution.js'
import type { Metadata } from '../../distribution/metadata.js'
import type { Pyproject } from '../../distribution/pyproject.js'
import type { Table } from '../../views/pyproject.js'
import type { Item } from '../items.js'

/** What is compared with `[project]`: PKG-INFO of the sdist, or a wheel. */
export type Target = Sdist | Wheel

/** The entries of one core metadata field: what `[project]` gives and what is found there. */
export interface Slot {
  readonly field: string
  readonly ordered: boolean
  readonly given: readonly Item[]
  readonly found: readonly Item[]
  readonly note?: string
}

/** What a key of `[project]` is read from and compared with. */
export interface Reading {
  readonly pyproject: Pyproject
  readonly project: Table
  readonly sdist: Sdist
  readonly target: Target
  readonly metadata: Metadata
  readonly both: boolean
}

export type Reader = (reading: Reading, key: string) => Iterable<Slot>
