/**
 * Intervals on the line of versions, which decide what a specifier contains. Besides versions, the line has two kinds of
 * points: V < V+local < after the locals of V < V.post0 < after the posts of V < the next version.
 */
import { compareLocal, comparePublic, trimRelease, type Version, type VersionParts } from './version.js'

interface Point {
  /** What is compared. */
  readonly parts: VersionParts
  readonly kind: 'version' | 'after-locals' | 'after-posts'
  /** The version that the point stands next to. */
  readonly base: VersionParts
}

/** No point means no bound. */
interface Bound {
  readonly point: Point | undefined
  readonly inclusive: boolean
}

export interface Interval {
  readonly lower: Bound
  readonly upper: Bound
}

/** More than any number that a version may hold. */
const INFINITE = 10n ** 4400n
const UNBOUNDED: Bound = { point: undefined, inclusive: false }
const LEAST: VersionParts = { epoch: 0n, release: [0n], pre: undefined, post: undefined, dev: 0n, local: undefined }

export const FULL: readonly Interval[] = [{ lower: UNBOUNDED, upper: UNBOUNDED }]

export type RangeOperator = '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>'

const at = (parts: VersionParts): Point => ({ parts, kind: 'version', base: parts })
const afterLocals = (parts: VersionParts): Point => ({ parts, kind: 'after-locals', base: parts })
const afterPosts = (base: VersionParts): Point => ({
  parts: { ...publicParts(base), post: INFINITE, dev: undefined },
  kind: 'after-posts',
  base,
})

/** The parts without the local one. */
function publicParts(version: VersionParts): VersionParts {
  const { epoch, release, pre, post, dev } = version
  return { epoch, release, pre, post, dev, local: undefined }
}

/** What `operator version` contains, sorted and without overlap. */
export function rangesOf(operator: RangeOperator, version: Version): readonly Interval[] {
  const parts = publicParts(version)
  switch (operator) {
    case '>=':
      return [from(at(version), true)]
    case '<=':
      return [to(afterLocals(version), true)]
    case '>':
      if (parts.dev !== undefined) return [from(at({ ...parts, dev: parts.dev + 1n }), true)]
      if (parts.post !== undefined) return [from(at({ ...parts, post: parts.post + 1n, dev: 0n }), true)]
      return [from(afterPosts(version), false)]
    case '<': {
      const bound = version.isPrerelease ? version : { ...parts, dev: 0n }
      return comparePublic(bound, LEAST) <= 0 ? [] : [to(at(bound), false)]
    }
    case '==':
      return [{ lower: { point: at(version), inclusive: true }, upper: { point: lastEqual(version), inclusive: true } }]
    case '!=':
      return [to(at(version), false), from(lastEqual(version), false)]
    case '~=':
      return [
        {
          lower: { point: at(version), inclusive: true },
          upper: { point: at(next(version.epoch, version.release.slice(0, -1))), inclusive: false },
        },
      ]
  }
}

/** What `== base.*` or `!= base.*` contains. */
export function wildcardRanges(operator: '==' | '!=', base: Version): readonly Interval[] {
  const first = at({ ...LEAST, epoch: base.epoch, release: base.release })
  const end = at(next(base.epoch, base.release))
  if (operator === '!=') return [to(first, false), from(end, true)]
  return [{ lower: { point: first, inclusive: true }, upper: { point: end, inclusive: false } }]
}

const from = (point: Point, inclusive: boolean): Interval => ({ lower: { point, inclusive }, upper: UNBOUNDED })
const to = (point: Point, inclusive: boolean): Interval => ({ lower: UNBOUNDED, upper: { point, inclusive } })
const lastEqual = (version: Version): Point => (version.local === undefined ? afterLocals(version) : at(version))

/** The first version of the next prefix: 1.3.dev0 for 1.2. */
function next(epoch: bigint, prefix: readonly bigint[]): VersionParts {
  return { ...LEAST, epoch, release: [...prefix.slice(0, -1), (prefix.at(-1) ?? 0n) + 1n] }
}

function comparePoints(a: Point, b: Point): number {
  const order = comparePublic(a.parts, b.parts)
  if (order !== 0) return order
  const lastA = a.kind !== 'version'
  const lastB = b.kind !== 'version'
  return lastA || lastB ? Number(lastA) - Number(lastB) : compareLocal(a.parts.local, b.parts.local)
}

/** Is the version in one of the intervals? */
export function holds(ranges: readonly Interval[], version: Version): boolean {
  const point = at(version)
  return ranges.some(({ lower, upper }) => {
    const low = lower.point === undefined ? 1 : comparePoints(point, lower.point)
    const high = upper.point === undefined ? -1 : comparePoints(point, upper.point)
    return (low > 0 || (low === 0 && lower.inclusive)) && (high < 0 || (high === 0 && upper.inclusive))
  })
}

/** The intersection of many lists of intervals, each sorted and without overlap. Empty when nothing is in all of them. */
export function intersectAll(lists: readonly (readonly Interval[])[]): readonly Interval[] {
  let rest = lists
  // Pairs of neighbors instead of one after the other: with many lists, the work stays n log n.
  while (rest.length > 1) {
    const paired: (readonly Interval[])[] = []
    for (let i = 0; i < rest.length; i += 2) {
      const [left = FULL, right] = [rest[i], rest[i + 1]]
      paired.push(right === undefined ? left : intersect(left, right))
    }
    rest = paired
  }
  return rest[0] ?? FULL
}

function intersect(left: readonly Interval[], right: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = []
  for (let i = 0, j = 0; ; ) {
    const a = left[i]
    const b = right[j]
    if (a === undefined || b === undefined) return result
    const lower = compareLower(a.lower, b.lower) >= 0 ? a.lower : b.lower
    const aEndsFirst = compareUpper(a.upper, b.upper) < 0
    const upper = aEndsFirst ? a.upper : b.upper
    if (!isEmpty(lower, upper)) result.push({ lower, upper })
    if (aEndsFirst) i++
    else j++
  }
}

function compareLower(a: Bound, b: Bound): number {
  if (a.point === undefined || b.point === undefined)
    return Number(a.point !== undefined) - Number(b.point !== undefined)
  return comparePoints(a.point, b.point) || Number(b.inclusive) - Number(a.inclusive)
}

function compareUpper(a: Bound, b: Bound): number {
  if (a.point === undefined || b.point === undefined)
    return Number(a.point === undefined) - Number(b.point === undefined)
  return comparePoints(a.point, b.point) || Number(a.inclusive) - Number(b.inclusive)
}

function isEmpty(lower: Bound, upper: Bound): boolean {
  if (upper.point === undefined) return false
  if (lower.point === undefined) return !upper.inclusive && comparePoints(upper.point, at(LEAST)) <= 0
  const successor = leastAbove(lower.point)
  if (successor !== undefined) {
    const order = comparePoints(upper.point, at(successor))
    return order < 0 || (order === 0 && !upper.inclusive)
  }
  const order = comparePoints(lower.point, upper.point)
  return order > 0 || (order === 0 && !(lower.inclusive && upper.inclusive))
}

/** The first version above a point that is none, where there is a first. */
function leastAbove({ kind, base }: Point): VersionParts | undefined {
  const parts = publicParts(base)
  if (kind === 'version') return undefined
  if (kind === 'after-posts')
    return parts.pre && { ...parts, pre: [parts.pre[0], parts.pre[1] + 1n], post: undefined, dev: 0n }
  if (parts.dev !== undefined) return { ...parts, dev: parts.dev + 1n }
  return { ...parts, post: (parts.post ?? -1n) + 1n, dev: 0n }
}

/** Does every interval hold pre-releases only? */
export function onlyPrereleases(ranges: readonly Interval[]): boolean {
  return ranges.every(({ lower, upper }) => {
    if (upper.point === undefined) return false
    const order = comparePoints(at(firstFinal(lower.point)), upper.point)
    return order > 0 || (order === 0 && !upper.inclusive)
  })
}

/** The first version at or above a point that is not a pre-release. */
function firstFinal(point: Point | undefined): VersionParts {
  if (point === undefined) return { ...LEAST, dev: undefined }
  const { base, kind } = point
  if (base.pre !== undefined) return { ...publicParts(base), pre: undefined, post: undefined, dev: undefined }
  if (base.dev !== undefined) return { ...publicParts(base), dev: undefined }
  return kind === 'version' ? base : { ...publicParts(base), post: (base.post ?? -1n) + 1n }
}

/** A key that two versions share exactly when they are equal in the order. */
export function versionKey(version: Version, keepZeros: boolean): string {
  const release = keepZeros ? version.release : trimRelease(version.release)
  const base = (version.epoch === 0n ? '' : `${version.epoch}!`) + release.join('.')
  return base + version.toString().slice(version.base.length)
}
