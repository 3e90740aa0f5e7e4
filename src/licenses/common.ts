import table from '../data/common-licenses.json' with { type: 'json' }
import type { LicenseMatch } from './match.js'
import { unpack } from './unpack.js'

/** Rows of five words that a title and a few copyright lines add. */
const EXTRA = 20

let known: readonly (LicenseMatch & { readonly keys: Uint32Array })[] | undefined

/**
 * The license of a text that is one of the most common ones to the word, with little around it: most wheels carry just that,
 * and need not wait for the whole list. `found` are its shingles. Undefined: look in the list.
 */
export function commonLicense(found: ReadonlySet<number>): LicenseMatch | undefined {
  known ??= table.licenses.map(({ ids, size, keys }) => ({ ids, share: 1, size, keys: unpack(keys) }))
  const match = known.find(({ size, keys }) => found.size <= size + EXTRA && keys.every(key => found.has(key)))
  return match && { ids: match.ids, share: match.share, size: match.size }
}
