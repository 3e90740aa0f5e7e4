import type { GzipFacts } from './gzip.js'
import type { Inflater } from './inflater.js'
import type { Limits } from './limits.js'
import type { Problem } from './problem.js'
import type { TarFacts } from './tar-walk.js'

export type MemberType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'device' | 'fifo' | 'unknown'

/** What an archive says of a member before its content is read. */
export interface MemberHeader {
  /** The name as stored, decoded (UTF-8, or the format's fallback). Not cleaned: may hold `..`, `\`, control characters. */
  readonly path: string
  readonly type: MemberType
  /** Bytes of content as declared. */
  readonly size: number
  /** Bytes the member takes in the archive; equal to `size` in a tar. */
  readonly compressedSize: number
  /**
   * Unix mode bits including the file type, when the archive has them (a zip made on Windows has 0). In a zip the type says
   * nothing: readers go by the name.
   */
  readonly mode: number
  /** Seconds since 1970, when known. A zip's local time is taken as UTC. */
  readonly mtime: number | undefined
  /** Target text of a link. */
  readonly link: string | undefined
  /** Byte offset of the member's header in the archive (in the inflated stream for a tar). */
  readonly offset: number
}

/** A member that was read. */
export interface Member extends MemberHeader {
  /** Bytes of content that really came out. */
  readonly actualSize: number
  /** SHA-256 of the content, urlsafe base64 without padding as RECORD has it; '' for directories, links and unread members. */
  readonly sha256: string
  /** Digests of other algorithms that were asked for (RECORD rows with sha512 …), same encoding, by algorithm name. */
  readonly digests: ReadonlyMap<string, string> | undefined
  /** True when the content was read to its end and size and CRC agree. */
  readonly intact: boolean
}

/** Receives a member's content while it is inflated. Chunks are only valid during the call: copy what is kept. */
export interface Consumer {
  /** `lasting`: this chunk stays valid, and the chunks of the member follow one another in one buffer. */
  write(chunk: Uint8Array, lasting?: boolean): void
  /**
   * Work that the chunks so far call for, until it is done. `write` itself takes no longer than to copy or to search its chunk, so
   * that no clock needs to watch it.
   */
  due?(): (() => void) | undefined
  /** Called once after the last chunk; `intact` as in Member. */
  end?(intact: boolean): void
}

/** Asked once a member before its content is read: who wants the bytes, and which digests besides SHA-256. */
export interface Interest {
  readonly consumer?: Consumer | undefined
  /** Names as in Python's hashlib. */
  readonly digests?: readonly string[] | undefined
  /**
   * Asked with the first bytes of a large member (zip only). True: the consumer keeps all of it, so that it is inflated into one
   * buffer, and no byte is copied.
   */
  readonly whole?: ((first: Uint8Array) => boolean) | undefined
  /** Asked after the content was read: a consumer here gets it once more (zip only). Asked again until there is none. */
  readonly again?: (() => Consumer | undefined) | undefined
}

export interface ReadOptions {
  readonly limits: Limits
  /** Called once a member, in the order of reading. */
  readonly interest: (header: MemberHeader) => Interest | undefined
  /** Members to read before all others, one kind after the other, where the format allows it (zip). */
  readonly first?: readonly ((header: MemberHeader) => boolean)[] | undefined
  /** Set when only a part is to be read: is this member of it? The others are known by their headers alone. */
  readonly wants?: ((header: MemberHeader) => boolean) | undefined
  /** Of a tar that is to be read in part: is there enough of it? */
  readonly enough?: (() => boolean) | undefined
  /** Milliseconds since any start, for `limits.seconds`; injected so that tests need no clock. */
  readonly now: () => number
  /** Inflates large archives faster (zip only). */
  readonly inflater?: Inflater | undefined
  /** Does a small piece of other work while a large member is waited for (zip only); false when there is none. */
  readonly meanwhile?: (() => boolean) | undefined
}

/** Readers of zips that are stricter than ours, and whether each stops at what the records say. */
export interface ZipStops {
  /** Python's zipfile up to 3.13, and pip and twine with it. */
  readonly olderPython: boolean
  /** Python's zipfile from 3.14 on, which PyPI has. */
  readonly newerPython: boolean
  /** PyPI's walk from byte 0, which believes each record. */
  readonly walk: boolean
  /** uv's walk over the local records of a download. */
  readonly uv: boolean
}

/** The contents of one archive: never rejects for what the bytes say; see `problems`. */
export interface Archive {
  readonly format: 'zip' | 'tar'
  /** In the order of the archive (zip: central directory order). Duplicates are kept. */
  readonly members: readonly Member[]
  readonly problems: readonly Problem[]
  /**
   * Only what was wanted was read: `members` of a zip whose content was not, and of a tar the members behind the last one that
   * was. Both are as members that nobody could read, without a problem that says so.
   */
  readonly partial?: true | undefined
  /** Of a zip with problems that was read whole. */
  readonly stops?: ZipStops | undefined
  /** What the gzip headers say; absent where the file is not gzip stream. */
  readonly gzip?: GzipFacts | undefined
  /** What tar headers say next to the members; absent in a zip, and where no tar was found. */
  readonly tar?: TarFacts | undefined
}
