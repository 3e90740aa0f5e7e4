import type { Inflated, inflateRaw } from '../runtime.js'

/** The content of a member that is just as its records say. */
export interface Whole {
  readonly output: Uint8Array
  /** Urlsafe base64 without padding. */
  readonly sha256: string
  /** The bytes stay valid, and the whole content lies in one buffer of its own. */
  readonly lasting: boolean
}

/** Inflates, checks and hashes while other members are read. */
export interface Inflater {
  /** Bytes that may wait, with those of the member whose turn it is. A larger member is inflated as a stream. */
  readonly room: number
  /**
   * Inflates a raw deflate stream, whose bytes nobody changes. Undefined when it is not just `size` bytes with that CRC-32, or there
   * is nobody to do it. Never rejects.
   */
  inflate(packed: Uint8Array, size: number, crc: number): Promise<Whole | undefined>
  /**
   * Does what `inflateRaw` of the runtime does, where the stream is as it should be, and takes all of the input. Else undefined, and
   * what was given to `output` is the start of what `inflateRaw` gives. Rejects only when `input` or `output` does.
   */
  readonly stream?: (...what: Parameters<typeof inflateRaw>) => Promise<Inflated['status'] | undefined>
}
