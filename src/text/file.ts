export interface Kept {
  readonly member: string
  readonly bytes: Uint8Array
  /** Bytes of the whole member. */
  readonly size: number
  /** True when `bytes` is only its beginning. */
  readonly cut: boolean
}

/** A text member that was kept: see `keeps` in keep.ts for which. */
export interface TextFile {
  readonly member: string
  /** Decoded as UTF-8 with U+FFFD for bad bytes; a BOM is kept as U+FEFF. */
  readonly text: string
  readonly utf8: boolean
  readonly size: number
  /** True when it was longer than the limit: `text` is then only its beginning and no rule may judge the rest. */
  readonly cut: boolean
}
