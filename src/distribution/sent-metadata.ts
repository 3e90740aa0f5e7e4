import type { Archive } from '../archive/archive.js'
import { contains } from '../bytes.js'
import type { Kept } from '../text/file.js'
import { compareText } from '../text/python.js'

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

/** Part by part, as Python compares lists of texts. */
const compare = (a: readonly string[], b: readonly string[]): number =>
  compareText(a[0] ?? '', b[0] ?? '') || compareText(a[1] ?? '', b[1] ?? '')
