import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { once } from '../../src/once.js'
import { CLASSIFIERS } from '../../src/standards/classifiers.js'
import { nearest } from '../../src/text/nearest.js'
import { backendOf } from '../../src/views/pyproject.js'

const skeleton = (text: string) => text.toLowerCase().replace(/[^a-z0-9+#]/g, '')
const digits = (text: string) => text.replace(/[^0-9]/g, '')

/** The classifiers by their letters and digits; undefined where several have the same. */
const bySkeleton = once(() => {
  const found = new Map<string, string | undefined>()
  for (const text of CLASSIFIERS.all) {
    const key = skeleton(text)
    found.set(key, found.has(key) ? undefined : text)
  }
  return found
})

/** Parts that differ in more than their spelling are another word where they are shorter. */
const SHORTEST = 5

/**
 * The classifier that a misspelled one means without doubt: the same letters and digits, or a slip or two in one long word. Numbers
 * are never corrected.
 */
export function meantClassifier(written: string): string | undefined {
  const same = bySkeleton().get(skeleton(written))
  if (same !== undefined) return same
  const found = nearest(written, CLASSIFIERS.all)
  if (found === undefined || digits(found) !== digits(written)) return undefined
  const [ours, theirs] = [found.split(' :: '), written.split(' :: ').map(part => part.trim())]
  const different = ours.filter((part, index) => part.toLowerCase() !== theirs[index]?.toLowerCase())
  const [only] = different
  if (ours.length !== theirs.length || different.length !== 1 || only === undefined) return undefined
  const other = theirs[ours.indexOf(only)] ?? ''
  return only.length >= SHORTEST && only[0]?.toLowerCase() === other[0]?.toLowerCase() && isSlip(only, other)
    ? found
    : undefined
}

/** At most two slips, in a word that is long enough for them, and none of them another word than the one there is. */
function isSlip(meant: string, written: string): boolean {
  const near = nearest(written, [meant])
  return near !== undefined && Math.abs(meant.length - written.length) <= 2
}

/**
 * What hatchling does with a classifier of `[project]` that is not in the list of valid ones, deprecated ones included: it stops,
 * unless a hook of the project adds names to the list.
 */
export function stopsHatchling(subject: Wheel | Sdist, value: string): string {
  // What has been built did not stop it.
  if (subject.kind !== 'sdist' || !subject.tree) return ''
  if (!subject.pyproject || backendOf(subject.pyproject) !== 'hatchling') return ''
  const { pyproject } = subject
  const listed = pyproject.get('project', 'classifiers')
  if (!Array.isArray(listed) || !listed.includes(value)) return ''
  if (pyproject.get('tool', 'hatch', 'metadata', 'hooks') !== undefined) return ''
  return ' hatchling refuses to build with it.'
}
