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
  /**
   * Inflates a raw deflate stream, whose bytes nobody changes. Undefined when it is not just `size` bytes with that CRC-32, or there
   * is nobody to do it. Never rejects.
   */
  inflate(packed: Uint8Array, size: number, crc: number): Promise<Whole | undefined>
}
