import type { MemberHeader } from '../archive/archive.js'
import { DEFAULT_LIMITS } from '../archive/limits.js'
import { readTar } from '../archive/tar.js'
import { readZip } from '../archive/zip.js'
import { close } from '../audit.js'
import { keeper } from '../distribution/keep.js'
import { unifiedDiff } from '../report/diff.js'
import type { Given } from '../run.js'
import { compare } from '../show/compare.js'
import type { Comparison, Difference, FileChange, LoneFile } from '../show/difference.js'
import { pairUp } from '../show/pair-up.js'
import type { Shown, ShownDistribution } from '../show/shown.js'
import { checkedSource } from '../source/checked.js'
import { MediumError } from '../source/medium-error.js'
import type { ByteSource } from '../source/source.js'
import { glob } from '../text/glob.js'
import { decodeUtf8 } from '../text/utf8.js'
import { timeUntil } from '../time.js'
import { type InspectOptions, inspect, isUnread } from './inspect.js'

export interface CompareOptions extends InspectOptions {
  /** Patterns of the files whose texts are compared; without `/` they match names in every folder. */
  readonly text?: readonly string[] | undefined
}

/** Compares two files, or the files of two releases. */
export async function compareGiven(
  olds: readonly Given[],
  news: readonly Given[],
  options: CompareOptions = {},
): Promise<Comparison> {
  const { pairs, added, removed } = pairUp(olds, news)
  const found: Difference[] = []
  const unread: (LoneFile & { readonly message: string })[] = []
  for (const [old, now] of pairs) {
    const before = await inspect(old, options)
    const after = await inspect(now, options)
    for (const one of [before, after])
      if (isUnread(one)) unread.push({ ...loneFile(one), message: one.problems[0]?.message ?? '' })
    if (before.kind === 'unknown' || after.kind === 'unknown' || isUnread(before) || isUnread(after)) continue
    const difference = compare(before, after)
    found.push(options.text ? await withTexts(difference, old, now, before, after, options) : difference)
  }
  const [alone, gone] = [await loneFiles(added), await loneFiles(removed)]
  return {
    different: alone.length + gone.length > 0 || found.some(({ different }) => different),
    pairs: found,
    added: alone,
    removed: gone,
    unread,
  }
}

const loneFile = ({ path, filename, file }: Shown): LoneFile => ({ path, filename, size: file.size })

/** Only their sizes are told, so nothing in them is read. */
async function loneFiles(given: readonly Given[]): Promise<readonly LoneFile[]> {
  const files: LoneFile[] = []
  for (const { path, filename, open } of given) {
    const input = await open()
    files.push({ path, filename, size: 'source' in input ? sizeOf(input.source) : 0 })
    if ('source' in input) await close(input.source)
  }
  return files
}

/** 0 for a source that has none, as for a file that cannot be read. */
function sizeOf(source: ByteSource): number {
  try {
    return checkedSource(source).size
  } catch (error) {
    if (!(error instanceof MediumError)) throw error
    return 0
  }
}

/** Longer texts, and those with longer lines, were not written by people; and all of one file together. */
const MOST_TEXT = 512 * 1024
const LONGEST_LINE = 2000
const MOST_TEXTS = 32 * 1024 * 1024
/** Beyond so many differences a text counts as replaced. */
const MOST_STEPS = 400

/** The same with the texts that differ, of the files that were asked for. Only they are read again. */
async function withTexts(
  difference: Difference,
  old: Given,
  now: Given,
  before: ShownDistribution,
  after: ShownDistribution,
  options: CompareOptions,
): Promise<Difference> {
  const isWanted = matcher(options.text ?? [])
  const changed = difference.files.changed.filter(one => isWanted(one.new.path) || isWanted(one.old.path))
  if (changed.length === 0) return difference
  const [a, b] = [
    await textsOf(old, before, new Set(changed.map(one => one.old.path)), options),
    await textsOf(now, after, new Set(changed.map(one => one.new.path)), options),
  ]
  const withText = (one: FileChange): FileChange => {
    const [x, y] = [a.get(one.old.path), b.get(one.new.path)]
    if (x === undefined || y === undefined || x === y) return one
    return { ...one, diff: unifiedDiff(one.new.path, x, y, { oldPath: one.old.path, most: MOST_STEPS }) }
  }
  return { ...difference, files: { ...difference.files, changed: difference.files.changed.map(withText) } }
}

function matcher(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map(pattern => glob(pattern.includes('/') ? pattern : `**/${pattern}`))
  return path => tests.some(test => test.test(path))
}

/** What is text of the members that are wanted. */
async function textsOf(
  given: Given,
  { filename }: ShownDistribution,
  wanted: ReadonlySet<string>,
  options: CompareOptions,
): Promise<ReadonlyMap<string, string>> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const now = options.now ?? given.now ?? (() => performance.now())
  const found = new Map<string, string>()
  let left = MOST_TEXTS
  const interest = ({ path, size, type }: MemberHeader) => {
    if (type !== 'file' || !wanted.has(path) || size > MOST_TEXT || left <= 0) return undefined
    return {
      consumer: keeper(path, MOST_TEXT, ({ member, bytes, cut }) => {
        left -= bytes.length
        const text = cut ? undefined : textIn(bytes)
        if (text !== undefined) found.set(member, text)
      }),
    }
  }
  const input = await given.open()
  if (!('source' in input)) return found
  try {
    const time = timeUntil(now() + limits.seconds * 1000, now)
    const source = checkedSource(input.source, time.left)
    await (/\.(?:whl|zip)$/.test(filename) ? readZip : readTar)(source, { limits, now, interest })
  } catch (error) {
    if (!(error instanceof MediumError)) throw error
  } finally {
    await close(input.source)
  }
  return found
}

function textIn(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined
  const { text, utf8 } = decodeUtf8(bytes)
  return utf8 && !text.split('\n').some(line => line.length > LONGEST_LINE) ? text : undefined
}
