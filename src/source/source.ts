/** The bytes [from, to). */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** Random access to the bytes of one input. Implementations: `fileSource` (Node), `blobSource` (browser), `bytesSource`. */
export interface ByteSource {
  /** Total size in bytes. */
  readonly size: number
  /**
   * The bytes of [offset, offset + length), cut at the end of the source. Rejects only when the medium fails: sources of
   * distaudit with a MediumError, those of its users with whatever they like. Later reads leave the bytes as they are, unless both
   * are given the same `room`: memory of at least that length, which a source may put the bytes into instead of into its own.
   */
  read(offset: number, length: number, room?: Uint8Array): Promise<Uint8Array>
  /**
   * Set where every byte has a price, as over a network: fetches ranges that are about to be read, together. A reader of such a
   * source asks for no more than is needed; it bounds its own waiting.
   */
  ahead?(ranges: readonly ByteRange[]): Promise<void>
  /**
   * Set where somebody else hashes all bytes while they are read: gives their SHA-256 as hex, or undefined when that would take more
   * than so many milliseconds. Where it gives none, or fails, the reader hashes them itself.
   */
  sha256?(milliseconds: number): Promise<string | undefined>
  /** Releases the medium; the source is not used afterwards, and a failure changes nothing any more. */
  close?(): Promise<void>
}

/** Is it the address of a file on a server? */
export const isAddress = (path: string): boolean => /^https?:\/\//i.test(path)

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) }
}
