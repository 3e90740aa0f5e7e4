/** Bounds on what one archive may cost. Reaching one is a problem of that member or archive, never of the run. */
export interface Limits {
  /** Inflated bytes of one archive. */
  readonly totalSize: number
  /** Number of members. */
  readonly members: number
  /** Bytes of one member name. */
  readonly nameLength: number
  /** Bytes of one pax or GNU long-name block, and of all global ones together. */
  readonly paxBlock: number
  /** Bytes kept of pyproject.toml, WHEEL, entry_points.txt, SBOMs, variant.json; a quarter of it of METADATA and PKG-INFO. */
  readonly textSize: number
  /** Bytes kept of RECORD. */
  readonly recordSize: number
  /** Bytes of a native member kept in memory; a larger one is inflated a second time for the ranges it needs. */
  readonly nativeSize: number
  /** Findings of one rule in one file. */
  readonly findingsPerRule: number
  /** Seconds for one file, checked between members. */
  readonly seconds: number
}

/** Deflate gives at most this many bytes for one. */
export const DEFLATE_RATIO = 1032

const MiB = 1024 * 1024

/**
 * Bytes of all names and link targets of one archive together; the most of any wheel seen is 0.7 MiB. Every rule about names takes
 * its time and memory from it.
 */
export const MOST_NAMES = 16 * MiB

/** Defaults, with the reasons in docs/limits.md. */
export const DEFAULT_LIMITS: Limits = {
  totalSize: 8192 * MiB,
  members: 100_000,
  nameLength: 4096,
  paxBlock: MiB / 4,
  textSize: 16 * MiB,
  recordSize: 32 * MiB,
  nativeSize: 64 * MiB,
  findingsPerRule: 100,
  seconds: 60,
}
