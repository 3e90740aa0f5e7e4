import type { Place } from '../finding.js'

export interface EntryPoint extends Place {
  readonly member: string
  readonly line: number
  readonly field: 'entry-points'
  /** `group.name`. */
  readonly value: string
  readonly group: string
  readonly name: string
  /** Right-hand side as written (joined continuation lines). */
  readonly target: string
  /** Parsed target, when it has the specified form `module[:attr] [extras]`. */
  readonly module: string | undefined
  readonly attr: string | undefined
  readonly extras: readonly string[]
}

export type EntryPointsProblemKind =
  | 'not-utf8'
  /** A line before the first section. */
  | 'no-section'
  /** No `=`, or nothing before it. */
  | 'no-delimiter'
  | 'duplicate-section'
  | 'duplicate-option'
  | 'bad-section-header'

/** entry_points.txt as Python's ConfigParser reads it (delimiter `=`, case kept, no interpolation, strict). */
export interface EntryPoints {
  readonly member: string
  readonly groups: readonly (Place & { readonly name: string })[]
  readonly entries: readonly EntryPoint[]
  readonly problems: readonly (Place & { readonly kind: EntryPointsProblemKind; readonly text: string })[]
}
