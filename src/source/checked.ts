import { inTime } from '../time.js'
import { thousands } from '../wording.js'
import { MediumError, mediumError } from './medium-error.js'
import type { ByteSource } from './source.js'

/** The least time that a source has to answer: also when the time for the file is over, and the rest is only wound up. */
const LEAST = 250

/**
 * Keeps a source to its word: one whose size is none, that gives fewer bytes than its size promises, or that gives no answer in
 * the milliseconds that are left has failed.
 */
export function checkedSource(source: ByteSource, left: () => number = () => Number.POSITIVE_INFINITY): ByteSource {
  const size: unknown = source.size
  if (!isSize(size)) throw new MediumError(`its size is ${typeof size === 'number' ? size : 'not a number'}`)
  return {
    size,
    async read(offset, length, room) {
      const wanted = Math.max(0, Math.min(length, size - offset))
      if (wanted === 0) return new Uint8Array(0)
      const reading = source.read(offset, wanted, room)
      const bytes: unknown = await (source.ahead ? reading : inTime(reading, Math.max(LEAST, left()), late))
      if (!isBytes(bytes)) throw new MediumError('it returned something other than a Uint8Array')
      if (bytes.length < wanted)
        throw new MediumError(
          `it returned ${thousands(bytes.length)} of ${thousands(wanted)} bytes from offset ${offset}, although its size is ${thousands(size)} bytes`,
        )
      return bytes.length > wanted ? bytes.subarray(0, wanted) : bytes
    },
    ...(source.sha256 && {
      async sha256(milliseconds) {
        const digest: unknown = await inTime(
          Promise.resolve(source.sha256?.(milliseconds)),
          Math.max(LEAST, left()),
          late,
        )
        return typeof digest === 'string' && /^[\da-f]{64}$/.test(digest) ? digest : undefined
      },
    }),
    ...(source.ahead && { ahead: ranges => source.ahead?.(ranges) ?? Promise.resolve() }),
  }
}

const late = () => new MediumError('it did not answer within the time limit for one file')

/** Of any realm: test runners have several. */
const isBytes = (value: unknown): value is Uint8Array => Object.prototype.toString.call(value) === '[object Uint8Array]'

const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 0

/** A source that is not ours: whatever it throws says that its medium failed. */
export function foreignSource(source: ByteSource): ByteSource {
  return {
    get size() {
      try {
        return source.size
      } catch (error) {
        throw mediumError(error)
      }
    },
    read: (offset, length, room) => guarded(() => source.read(offset, length, room)),
    ...('sha256' in source && { sha256: milliseconds => guarded(() => source.sha256?.(milliseconds)) }),
    close: () => guarded(() => source.close?.()),
  }
}

async function guarded<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw mediumError(error)
  }
}
