import type { Consumer, Interest, MemberHeader } from '../archive/archive.js'
import { DEFLATE_RATIO, type Limits } from '../archive/limits.js'
import type { NativeFile } from './file.js'
import { type Piece, piecesImage, type Range } from './image.js'
import { looksNative, MAGIC_SIZE, parseImage, parseNative } from './index.js'

const MiB = 1024 * 1024
/**
 * Bytes kept of the beginning of a member that is too large to be kept whole, when `limit` of it may be. Its symbols are there, and
 * its end tells where: a member that has them elsewhere is inflated once more.
 */
const headOf = (limit: number) => Math.max(MiB, Math.floor(limit / 4))
/** Looks at such a member: what it asks for is nearly always known after the second. */
const PASSES = 4
/** Times the headers are read again within one pass, because a stretch that they asked for has come by. */
const READS_A_PASS = 32

/**
 * Interest in a member that may be a binary. Its `write` decides on the first eight bytes, and does nothing from then on for
 * any other member. `done` is called with the facts at the end of the content; for a member larger than
 * `limits.nativeSize` again after each further pass that `again` is given, with more of them.
 */
export function nativeInterest(
  header: MemberHeader,
  limits: Limits,
  done: (file: NativeFile) => void,
): {
  readonly consumer: Consumer
  readonly whole: NonNullable<Interest['whole']>
  readonly again: NonNullable<Interest['again']>
} {
  const first = new Uint8Array(MAGIC_SIZE)
  let seen = 0
  let chosen: Consumer | undefined
  let large: ReturnType<typeof largeMember> | undefined
  let refused = false
  const isSmall = header.size <= limits.nativeSize

  function choose(magic: Uint8Array): Consumer | undefined {
    if (!looksNative(magic)) return undefined
    if (isSmall) return smallMember(header, limits.nativeSize, done)
    large = largeMember(header, limits.nativeSize, done)
    return large.pass([{ offset: 0, length: headOf(limits.nativeSize) }])
  }
  return {
    consumer: {
      write(chunk, lasting) {
        if (refused) return
        if (chosen) return chosen.write(chunk, lasting)
        if (seen === 0 && chunk.length >= MAGIC_SIZE) {
          chosen = choose(chunk)
          refused = chosen === undefined
          return chosen?.write(chunk, lasting)
        }
        const taken = Math.min(chunk.length, MAGIC_SIZE - seen)
        first.set(chunk.subarray(0, taken), seen)
        seen += taken
        if (seen < MAGIC_SIZE) return
        chosen = choose(first)
        refused = chosen === undefined
        chosen?.write(first)
        chosen?.write(chunk.subarray(taken))
      },
      due: () => chosen?.due?.(),
      end(intact) {
        chosen?.end?.(intact)
      },
    },
    whole: magic => isSmall && looksNative(magic),
    again: () => large?.again(),
  }
}

/** Binaries times names that they load: each may be asked for all that is loaded with it. */
export const MOST_LINKS = 40_000_000

/** Are there so many binaries, and names that they load, that nobody can follow them all? */
export function isTangled(files: ReadonlyMap<string, NativeFile>): boolean {
  let names = 0
  for (const file of files.values()) names += loadedNames(file)
  return names * files.size > MOST_LINKS
}

function loadedNames(file: NativeFile): number {
  if (file.format === 'elf' || file.format === 'wasm') return file.needed.length
  if (file.format === 'macho') return file.slices.reduce((sum, { dylibs }) => sum + dylibs.length, 0)
  return file.format === 'pe' ? file.dlls.length : 0
}

/**
 * Keeps a member whole: where it lies, or in a buffer of its declared size, or of what its compressed bytes can give at most.
 */
function smallMember(header: MemberHeader, limit: number, done: (file: NativeFile) => void): Consumer {
  const most = Math.min(header.size, limit, header.compressedSize * DEFLATE_RATIO)
  let kept: Uint8Array | undefined
  let buffer: Uint8Array | undefined
  function copy(chunk: Uint8Array): void {
    const size = kept?.length ?? 0
    if (!buffer) {
      buffer = new Uint8Array(most)
      if (kept) buffer.set(kept)
    }
    buffer.set(chunk.subarray(0, most - size), size)
    kept = buffer.subarray(0, Math.min(most, size + chunk.length))
  }
  return {
    write(chunk, lasting) {
      if (lasting && !kept) kept = chunk
      else if (lasting && kept && !buffer && follows(kept, chunk))
        kept = new Uint8Array(kept.buffer, kept.byteOffset, kept.length + chunk.length)
      else copy(chunk)
    },
    end() {
      const file = kept && parseNative(header.path, kept)
      if (file) done(file)
    },
  }
}

/** zlib is not bound to fill one buffer: this is seen, not taken for granted. */
const follows = (kept: Uint8Array, chunk: Uint8Array) =>
  kept.buffer === chunk.buffer && kept.byteOffset + kept.length === chunk.byteOffset

/** Keeps the stretches of a large member that its headers name. */
function largeMember(header: MemberHeader, budget: number, done: (file: NativeFile) => void) {
  const pieces: Piece[] = []
  let kept = 0
  let passes = 0
  let missing: readonly Range[] = []

  function read(): NativeFile | undefined {
    const image = piecesImage(header.size, pieces, Math.max(0, budget - kept))
    const file = parseImage(header.path, image)
    missing = image.missing()
    return file
  }

  /** Copies the wanted stretches while the content goes by; those that become known on the way too, where still ahead. */
  function pass(wanted: readonly Range[]): Consumer {
    passes++
    let position = 0
    let reads = 0
    let open = wanted.map(opened)
    let isDue = false
    const readAgain = () => {
      isDue = false
      if (++reads > READS_A_PASS) return
      read()
      const known = new Set(open.map(one => one.offset))
      for (const range of missing) if (range.offset >= position && !known.has(range.offset)) open.push(opened(range))
    }
    return {
      write(chunk) {
        const end = position + chunk.length
        let complete = false
        for (const one of open) {
          if (one.offset >= end || one.filled === one.bytes.length) continue
          const from = one.offset + one.filled
          if (from < position) continue
          const part = chunk.subarray(from - position, from - position + one.bytes.length - one.filled)
          one.bytes.set(part, one.filled)
          one.filled += part.length
          if (one.filled === one.bytes.length) complete = true
        }
        position = end
        if (!complete) return
        for (const one of open)
          if (one.filled === one.bytes.length) pieces.push({ offset: one.offset, bytes: one.bytes })
        open = open.filter(one => one.filled < one.bytes.length)
        isDue = true
      },
      due: () => (isDue ? readAgain : undefined),
      end() {
        // A stretch that never filled up is not there: the member is shorter than the archive says.
        for (const one of open)
          if (one.filled > 0) pieces.push({ offset: one.offset, bytes: one.bytes.subarray(0, one.filled) })
        const file = read()
        if (file) done(file)
      },
    }
  }
  function opened(range: Range) {
    const length = Math.min(range.length, header.size - range.offset)
    kept += length
    return { offset: range.offset, bytes: new Uint8Array(length), filled: 0 }
  }
  return { pass, again: () => (missing.length > 0 && passes < PASSES ? pass(missing) : undefined) }
}
