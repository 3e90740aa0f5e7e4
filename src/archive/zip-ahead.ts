import type { ByteSource } from '../source/source.js'
import type { Inflater, Whole } from './inflater.js'
import { DEFLATE_RATIO } from './limits.js'
import { isReadable } from './zip-content.js'
import type { Entry, ZipState } from './zip-state.js'

/** Members from this size on are inflated by the other thread. */
const LARGE = 256 * 1024
/** Less than this is inflated before a thread has begun. */
const WORTH = 2 * 1024 * 1024

const isLarge = ({ size }: Entry): boolean => size >= LARGE
/** What a member takes while it waits: first its packed bytes, which may be many whatever its size says, then the others. */
const room = ({ size, compressedSize }: Entry): number => Math.max(size, compressedSize)

export interface Ahead {
  /** The members as they should be read: the large ones last, so that they are inflated meanwhile. */
  readonly order: readonly Entry[]
  /** What came out of the member whose turn it is; undefined when nobody was asked, or it is not as its records say. */
  take(entry: Entry): Promise<Whole | undefined> | undefined
}

/** Has large members inflated before their turn. Undefined where that does not pay off. */
export function inflateAhead(
  { window }: ZipState,
  source: ByteSource,
  entries: readonly Entry[],
  inflater: Inflater,
): Ahead | undefined {
  const queue = entries.filter(entry => isLarge(entry) && isPlain(entry, inflater.room))
  if (queue.reduce((sum, { size }) => sum + size, 0) < WORTH) return undefined
  const waiting = new Map<Entry, Promise<Whole | undefined>>()
  let next = 0
  let bytes = 0
  let current = 0

  async function inflate({ dataStart, compressedSize, size, crc }: Entry): Promise<Whole | undefined> {
    const packed = window.peek(dataStart, compressedSize) ?? (await source.read(dataStart, compressedSize))
    return inflater.inflate(packed, size, crc)
  }
  function fill(): void {
    for (let entry = queue[next]; entry && bytes + room(entry) <= inflater.room; entry = queue[++next]) {
      bytes += room(entry)
      // Where the medium fails, it fails again for who reads the member.
      waiting.set(
        entry,
        inflate(entry).catch(() => undefined),
      )
    }
  }
  fill()
  return {
    order: [...entries.filter(entry => !isLarge(entry)), ...entries.filter(isLarge)],
    take(entry) {
      bytes -= current
      current = 0
      fill()
      const found = waiting.get(entry)
      if (found) current = room(entry)
      waiting.delete(entry)
      return found
    },
  }
}

/** A deflated file of which all bytes are there. */
const isPlain = (entry: Entry, most: number): boolean =>
  isReadable(entry) &&
  !entry.cut &&
  entry.method === 8 &&
  room(entry) <= most &&
  entry.size <= entry.compressedSize * DEFLATE_RATIO &&
  !entry.path.endsWith('/')
