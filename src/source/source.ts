import { mediumError } from './medium-error.js'

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
  /** Releases the medium; the source is not used afterwards, and a failure changes nothing any more. */
  close?(): Promise<void>
}

/** Is it the address of a file on a server? */
export const isAddress = (path: string): boolean => /^https?:\/\//i.test(path)

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) }
}

/** A source over a Blob or File, as a browser has them. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    async read(offset, length) {
      // Fails when the file behind it was changed or removed.
      const bytes = await blob
        .slice(offset, offset + length)
        .arrayBuffer()
        .catch((error: unknown) => {
          throw mediumError(error)
        })
      return new Uint8Array(bytes)
    },
  }
}
