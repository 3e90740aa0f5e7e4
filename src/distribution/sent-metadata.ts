import type { Archive } from '../archive/archive.js'
import type { Kept } from '../text/file.js'

const MARK = new TextEncoder().encode('Metadata-Version')
/** Depth of `{dist-info}/METADATA`: what lies deeper comes after it. */
const DEPTH = 2

/** The file that twine 7 takes for a wheel's metadata: the shallowest, then the first by name, that looks like it. */
export function sentMetadata({ members }: Archive, kept: ReadonlyMap<string, Kept>): Kept | undefined {
  const candidates = members
    .filter(({ path }) => path.includes('METADATA'))
    .map(({ path }) => path.split('/'))
    .filter(parts => parts.length <= DEPTH)
    .sort((a, b) => a.length - b.length || compare(a, b))
  for (const parts of candidates) {
    const file = kept.get(parts.join('/'))
    if (file && contains(file.bytes, MARK)) return file
  }
  return undefined
}

/** Part by part, by code points, as Python compares lists of texts. */
function compare(a: readonly string[], b: readonly string[]): number {
  const [x = '', y = ''] = a[0] === b[0] ? [a[1], b[1]] : [a[0], b[0]]
  const [left, right] = [[...x], [...y]]
  const at = left.findIndex((point, i) => point !== right[i])
  if (at < 0) return left.length - right.length
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1)
}

function contains(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const [first = 0] = wanted
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true
  return false
}
