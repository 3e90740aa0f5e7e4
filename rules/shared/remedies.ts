import { keyText } from '../../src/distribution/pyproject.js'
import type { Change, Remedy } from '../../src/finding.js'

/** Changes that mean what was meant. */
export const safely = (...changes: readonly Change[]): Remedy => ({ safe: true, changes })

/** Changes that a person should read first. */
export const unsafely = (...changes: readonly Change[]): Remedy => ({ safe: false, changes })

/** Another name for a key of pyproject.toml: safe where the two differ only in case and between `-` and `_`. */
export function renaming(path: readonly (string | number)[], ...by: readonly string[]): Remedy {
  const plain = (name: string) => name.toLowerCase().replaceAll('_', '-')
  const isSame = plain(String(path.at(-1))) === plain(by.join('.'))
  return { safe: isSame, changes: [{ kind: 'key', key: keyText(path), by }] }
}

/** A string instead of a number, which only a person knows to mean it. */
export const quoting = (path: readonly (string | number)[], was: number, value: string): Remedy =>
  unsafely({ kind: 'set', key: keyText(path), was: JSON.stringify(was), value })

/** Another text for a value, where there is one. */
export const replacing = (field: string, value: string, by: string | undefined, safe = true): Remedy | undefined =>
  by === undefined ? undefined : { safe, changes: [{ kind: 'replace', field, value, by }] }
