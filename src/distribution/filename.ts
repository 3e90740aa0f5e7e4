/** A wheel's file name: `name-version[-build]-python-abi-platform[-variant].whl`. Parts as written. */
export interface WheelName {
  readonly name: string
  readonly version: string
  readonly build: string | undefined
  /** Members of the compressed tag sets, lower case, in the written order. */
  readonly python: readonly string[]
  readonly abi: readonly string[]
  readonly platform: readonly string[]
  /** Variant label (PEP 825, draft). */
  readonly variant: string | undefined
  /** Tag part as written, `py3-none-any`. */
  readonly tag: string
}

/** An sdist's file name: split at the last `-` before the suffix. */
export interface SdistName {
  readonly name: string
  readonly version: string
  readonly suffix: '.tar.gz' | '.zip' | '.tgz' | '.tar.bz2' | '.tar.xz' | '.tar.Z' | '.tar'
}
