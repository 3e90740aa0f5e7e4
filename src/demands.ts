/** What a project asks of its own files, next to what everybody asks. */
export interface Demands {
  /**
   * Patterns of paths, of which each must match a file; after `!`, none may. A wheel has them as they are installed, an sdist
   * below its top directory.
   */
  readonly expected?:
    | { readonly wheel?: readonly string[] | undefined; readonly sdist?: readonly string[] | undefined }
    | undefined
  /** What a wheel has at the top of site-packages: each of these names, and no other. */
  readonly topLevel?: readonly string[] | undefined
  readonly atMost?:
    | {
        /** Bytes of the file. */
        readonly size?: number | undefined
        /** Bytes of what is in it. */
        readonly unpackedSize?: number | undefined
        /** Files in it. */
        readonly files?: number | undefined
      }
    | undefined
}
