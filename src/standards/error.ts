import type { PackagingVersion } from './authorities.js'

/**
 * The only error this library throws: the text is not what the standard says.
 * Offsets are 0-based code points into the text that was parsed.
 */
export class StandardsError extends Error {
  override readonly name = 'StandardsError'
  readonly offset: number
  /** Where the bad part ends (exclusive); absent where the error is a point. */
  readonly end: number | undefined
  /** The first version of packaging that refuses the text, where older ones, which PyPI has, take it. */
  readonly since: PackagingVersion | undefined

  constructor(message: string, offset = 0, end?: number, since?: PackagingVersion) {
    super(message)
    this.offset = offset
    this.end = end
    this.since = since
  }
}

/** An error at UTF-16 positions of `source`, given in code points. */
export function errorAt(
  message: string,
  source: string,
  start: number,
  end?: number,
  since?: PackagingVersion,
): StandardsError {
  const offset = codePoints(source, 0, start)
  const until = end === undefined ? undefined : offset + codePoints(source, start, end)
  return new StandardsError(message, offset, until, since)
}

/** `parse(text)`, or undefined where it throws a StandardsError. */
export function attempt<T>(parse: (text: string) => T, text: string): T | undefined {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof StandardsError) return undefined
    throw error
  }
}

function codePoints(source: string, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) {
    const unit = source.charCodeAt(i)
    const pair = unit >= 0xd800 && unit <= 0xdbff && i + 1 < to && (source.charCodeAt(i + 1) & 0xfc00) === 0xdc00
    if (pair) i++
    count++
  }
  return count
}
