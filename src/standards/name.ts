import { withoutEnd } from '../text/ends.js'
import { repr } from '../text/python.js'
import { StandardsError } from './error.js'

// No `u` flag: with it, `i` would also match U+017F and U+212A.
const NAME = /^(?:[A-Z0-9]|[A-Z0-9][A-Z0-9._-]*[A-Z0-9])$/i
const NORMALIZED = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** True for a valid project or extra name (core metadata, "Name"). */
export const isName = (text: string): boolean => NAME.test(text)

/** A valid name with the letters and digits of one that is not; undefined where it has none. */
export function nearName(text: string): string | undefined {
  const found = withoutEnd(text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[._-]+/, ''), /[._-]/)
  return found === '' ? undefined : found
}

/** True for a name in its normalized form, which `Provides-Extra` needs from metadata version 2.3 (PEP 685). */
export const isNormalizedName = (text: string): boolean => NORMALIZED.test(text)

/**
 * The normalized form of a project or extra name (PEP 503): lower case, each run of `-`, `_` and `.` one `-`.
 * @throws StandardsError when it is not a valid name.
 */
export function normalizeName(name: string): string {
  if (!isName(name)) throw new StandardsError(`name is invalid: ${repr(name)}`, badCharacter(name))
  return canonicalName(name)
}

/** The same for text that need not be a valid name. */
export const canonicalName = (text: string): string => text.toLowerCase().replace(/[-_.]+/g, '-')

function badCharacter(name: string): number {
  const points = Array.from(name)
  const ends = (char: string | undefined) => char !== undefined && /^[A-Z0-9]$/i.test(char)
  if (!ends(points[0])) return 0
  const inside = points.findIndex(char => !/^[A-Z0-9._-]$/i.test(char))
  return inside >= 0 ? inside : points.length - 1
}
