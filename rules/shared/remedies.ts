import type { Change, Remedy } from '../../src/finding.js'

/** Changes that mean what was meant. */
export const safely = (...changes: readonly Change[]): Remedy => ({ safe: true, changes })

/** Changes that a person should read first. */
export const unsafely = (...changes: readonly Change[]): Remedy => ({ safe: false, changes })

/** Another text for a value, where there is one. */
export const replacing = (field: string, value: string, by: string | undefined, safe = true): Remedy | undefined =>
  by === undefined ? undefined : { safe, changes: [{ kind: 'replace', field, value, by }] }
