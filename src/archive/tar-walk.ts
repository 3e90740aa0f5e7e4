import type { Member, ReadOptions } from './archive.js'
import { MOST_NAMES } from './limits.js'
import type { Note } from './problem-list.js'
import { type ExtensionHeaders, extensionHeaders } from './tar-extensions.js'
import { type Frames, frames, type Payload } from './tar-frames.js'
import {
  BLOCK,
  decodeName,
  isExtensionType,
  isZeroBlock,
  parseHeader,
  type TarHeader,
  type TarNumber,
} from './tar-header.js'
import { type Elsewhere, memberReader } from './tar-member.js'
import type { NumberField } from './tar-problem.js'

/** What the headers of a tar say next to its members. */
export interface TarFacts {
  /** Headers by magic: ustar's, GNU's, none. */
  readonly formats: { readonly ustar: number; readonly gnu: number; readonly v7: number }
  /** Where the first header of each format is in the tar. */
  readonly firsts: { readonly ustar?: number; readonly gnu?: number; readonly v7?: number }
  /** Number of pax headers (`x`, `g`) and of GNU long-name headers (`L`, `K`). */
  readonly pax: number
  readonly long: number
  /** User and group names other than root's: the first few. */
  readonly owners: readonly string[]
  /** Where the first header is that names one. */
  readonly ownersAt: number | undefined
}

export interface TarWalk {
  /** Takes the next piece of the stream; false when there is no use in more. */
  write(chunk: Uint8Array): boolean
  /** True once the time for the file is over; says so in one problem. */
  late(): boolean
  /** Zero blocks at the end, so far. */
  ends(): number
  /** The stream is over. `cut` when its end is known to be missing, so that a missing end says nothing new. */
  end(cut: boolean): {
    readonly members: readonly Member[]
    readonly facts: TarFacts
    /** There was enough of it before its end. */
    readonly partial: boolean
  }
}

const MOST_OWNERS = 20
/** Bytes behind the end that are looked at: tools fill up the last 10 kB. */
const MOST_BEHIND = 256 * 1024 * 1024
/** Hard links with content that are followed as uv does. */
const MOST_JUMPS = 1_000

interface Jump extends Elsewhere {
  readonly to: number
  readonly blocks: Uint8Array
  filled: number
  /** tarfile has a header there, too. */
  met: boolean
}

/** Takes what it wants of a chunk that begins at `start`. */
function take(jump: Jump, chunk: Uint8Array, start: number): void {
  const { to, blocks, filled } = jump
  const from = to + filled - start
  if (filled === blocks.length || from < 0 || from >= chunk.length) return
  const part = chunk.subarray(from, from + blocks.length - filled)
  blocks.set(part, filled)
  jump.filled += part.length
}

/** Does uv find neither a header nor the two zero blocks of an end there? */
function isEndFor({ blocks, filled, met }: Jump): boolean {
  const first = blocks.subarray(0, BLOCK)
  if (filled < BLOCK) return true
  if (isZeroBlock(first)) return filled < blocks.length || !isZeroBlock(blocks)
  return !met && parseHeader(first) === undefined
}

/** Where the content ends; a negative size has no end. */
const endOf = ({ offset, size }: Elsewhere) => (size < 0 ? Number.POSITIVE_INFINITY : offset + BLOCK + size)

/**
 * Reads a tar piece by piece: ustar, pax and GNU headers, deciding as CPython's tarfile where they can be read in two ways,
 * and noting every such place. The first zero block ends the archive; what follows is only looked at. The stream has at most
 * `longest` bytes.
 */
export function tarWalk(options: ReadOptions, note: Note, longest: number): TarWalk {
  const { limits } = options
  const deadline = options.now() + limits.seconds * 1000
  const members: Member[] = []
  const formats = { ustar: 0, gnu: 0, v7: 0 }
  const firsts: { ustar?: number; gnu?: number; v7?: number } = {}
  const owners = new Set<string>()
  let ownersAt: number | undefined
  const extensions: ExtensionHeaders = extensionHeaders(limits, note)
  /** Where uv goes on behind hard links with content, and the two blocks there. */
  const jumps: Jump[] = []
  /** The farthest that a global size takes tarfile, in Python files and in others. */
  const farthest = new Map<boolean, Elsewhere>()
  const read = memberReader(options, note, members, {
    link(where) {
      const to = where.offset + BLOCK + Math.ceil(where.size / BLOCK) * BLOCK
      if (jumps.length < MOST_JUMPS)
        jumps.push({ ...where, to, blocks: new Uint8Array(2 * BLOCK), filled: 0, met: false })
      else note({ kind: 'tar-size-without-data', ...where, uv: false })
    },
    global(where) {
      const isPython = /\.pye?$/i.test(where.member)
      const known = farthest.get(isPython)
      if (!known || endOf(where) > endOf(known)) farthest.set(isPython, where)
    },
  })

  let headers = 0
  let zeroBlocks = 0
  /** Where the first of them is. */
  let endsAt = Number.POSITIVE_INFINITY
  let noted: 'nothing' | 'data' | 'member' = 'nothing'
  let stopped = false
  let partial = false
  /** Members whose names are counted, and the characters of these. */
  let counted = 0
  let names = 0

  /** The content of a GNU sparse member whose map goes on in blocks of its own; each says whether another one follows. */
  let afterMap: Payload | undefined

  function onBlock(block: Uint8Array, offset: number): Payload | 'lost' | undefined {
    for (const jump of jumps) if (jump.to === offset) jump.met = true
    if (afterMap) {
      const content = afterMap
      if (block[504] === 0) afterMap = undefined
      return afterMap ? undefined : content
    }
    if (isZeroBlock(block)) {
      if (zeroBlocks === 0) {
        noteAlone(offset, 'marked')
        endsAt = offset
      }
      zeroBlocks++
      return undefined
    }
    if (zeroBlocks > 0) return afterEnd(block, offset)
    if (options.enough?.()) {
      partial = true
      stopped = true
      return 'lost'
    }
    // What tarfile did not read of a pax header, it reads nothing after.
    if (extensions.ended()) return 'lost'
    const header = parseHeader(block)
    const nested = extensions.pending() !== 'none'
    if (header === undefined) {
      note({ kind: 'tar-checksum', offset, first: headers === 0, nested })
      return 'lost'
    }
    const invalid = header.numbers.find(([, { form }]) => form === 'invalid') ?? negativeSize(header)
    if (invalid) {
      noteInvalid(header, invalid, offset, nested)
      return 'lost'
    }
    headers++
    formats[header.format]++
    firsts[header.format] ??= offset
    if (header.signed) note({ kind: 'tar-checksum-signed', offset, member: nameOf(header) })
    return extensions.take(header, offset) ?? takeMember(header, offset)
  }

  /** tarfile reads all numbers of every header; uv those of a member that it needs, and of other headers the size. */
  function noteInvalid(
    header: TarHeader,
    [field, { text = '' }]: readonly [NumberField, TarNumber],
    offset: number,
    nested: boolean,
  ): void {
    const uv = field === 'size' || (!isExtensionType(header.type) && ['mode', 'uid', 'gid', 'mtime'].includes(field))
    const tarfile = headers === 0 || nested ? 'refuses' : 'ends'
    note({ kind: 'tar-number-invalid', offset, member: nameOf(header), field, text, tarfile, uv })
    headers++
  }

  function noteAlone(offset: number, ending: 'marked' | 'unmarked'): void {
    const pending = extensions.pending()
    // uv takes a global header for what it is, and wants the end to be marked.
    if (pending !== 'none' && !extensions.ended())
      note({ kind: 'tar-extension-alone', offset, uv: pending === 'local' || ending === 'unmarked' })
  }

  function takeMember(header: TarHeader, offset: number): Payload | 'lost' | undefined {
    if (members.length >= limits.members) {
      note({ kind: 'limit-members', offset, limit: limits.members })
      stopped = true
      return 'lost'
    }
    for (; counted < members.length; counted++) {
      const { path, link = '' } = members[counted]!
      names += path.length + link.length
    }
    if (names > MOST_NAMES) {
      note({ kind: 'limit-names', offset, limit: MOST_NAMES })
      stopped = true
      return 'lost'
    }
    for (const owner of [header.owner, header.group])
      if (owner !== '' && owner !== 'root' && owners.size < MOST_OWNERS) {
        owners.add(owner)
        ownersAt ??= offset
      }
    const globals = extensions.globals()
    const before = headers === 1 ? Number.POSITIVE_INFINITY : extensions.length()
    const content = read(header, extensions.consume(header, offset), globals, offset, before)
    if (typeof content === 'object' && isOverLimit(offset + BLOCK + content.size)) {
      content.end?.(false)
      note({ kind: 'limit-total-size', offset, limit: limits.totalSize })
      stopped = true
      return 'lost'
    }
    if (!header.extended || typeof content !== 'object') return content
    afterMap = content
    return undefined
  }

  /** Nobody has to wait for what a header says. A stream that cannot be that long is cut, and that is found at its end. */
  const isOverLimit = (end: number) => end > limits.totalSize && longest > limits.totalSize

  /** Only the first of each kind is worth a word. */
  function afterEnd(block: Uint8Array, offset: number): undefined {
    if (noted === 'member') return
    const header = parseHeader(block)
    if (header) note({ kind: 'tar-member-after-end', offset, name: nameOf(header), uv: zeroBlocks === 1 })
    else if (noted === 'nothing') note({ kind: 'tar-data-after-end', offset, uv: zeroBlocks === 1 })
    noted = header ? 'member' : 'data'
  }

  const parts: Frames = frames(onBlock)
  let size = 0
  let over = false
  function late(): boolean {
    if (over || options.now() <= deadline) return over
    over = true
    stopped = true
    note({ kind: 'limit-seconds', offset: size, limit: limits.seconds })
    return true
  }
  return {
    late,
    ends: () => zeroBlocks,
    write(chunk) {
      if (stopped || late()) return false
      const room = limits.totalSize - size
      parts.write(chunk.length > room ? chunk.subarray(0, room) : chunk)
      for (const jump of jumps) take(jump, chunk, size)
      size += chunk.length
      if (chunk.length > room) {
        note({ kind: 'limit-total-size', offset: limits.totalSize, limit: limits.totalSize })
        stopped = true
      } else if (size - endsAt > MOST_BEHIND) {
        note({ kind: 'limit-number', offset: endsAt, what: 'bytes after the end of the tar', limit: MOST_BEHIND })
        stopped = true
      }
      return !stopped
    },
    end(cut) {
      const where = parts.end()
      for (const jump of jumps) {
        const { member, offset, size: stated } = jump
        note({ kind: 'tar-size-without-data', member, offset, size: stated, uv: isEndFor(jump) })
      }
      for (const far of farthest.values()) if (endOf(far) > size) note({ kind: 'tar-global-size', ...far })
      if (!cut && !stopped && where !== 'lost') noteEnd(where)
      return {
        members,
        partial,
        facts: {
          formats,
          firsts,
          pax: extensions.count.pax,
          long: extensions.count.long,
          owners: [...owners],
          ownersAt,
        },
      }
    },
  }

  function noteEnd(where: 'boundary' | 'block' | 'payload' | 'padding'): void {
    const offset = size
    const member = where === 'payload' || where === 'padding' ? members.at(-1)?.path : undefined
    if (zeroBlocks > 0) {
      // Less than a block is not a header, and padding when it is zero.
      const rest = parts.rest()
      if (noted === 'nothing' && rest.some(byte => byte !== 0))
        note({ kind: 'tar-data-after-end', offset: size - rest.length, uv: zeroBlocks === 1 })
      if (headers === 0) note({ kind: 'tar-empty', offset: 0, zeroBlocks })
      else if (zeroBlocks === 1) note({ kind: 'tar-no-end', offset, zeroBlocks: 1 })
    } else if (where !== 'boundary')
      note({
        kind: 'tar-truncated',
        offset,
        member,
        inside: where,
        nested: extensions.pending() !== 'none',
        ended: extensions.ended(),
      })
    else if (headers === 0) note({ kind: 'tar-empty', offset: 0, zeroBlocks: 0 })
    else if (extensions.pending() !== 'none') noteAlone(offset, 'unmarked')
    else if (!extensions.ended()) note({ kind: 'tar-no-end', offset, zeroBlocks: 0 })
  }
}

/** Of an extension header; of a member a pax record may still change it. */
function negativeSize(header: TarHeader): readonly [NumberField, TarNumber] | undefined {
  return isExtensionType(header.type) && (header.size.value ?? 0) < 0 ? ['size', header.size] : undefined
}

const nameOf = (header: TarHeader) => decodeName(header.name).text
