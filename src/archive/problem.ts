import type { Place } from '../finding.js'
import type { GzipProblemKind } from './gzip.js'
import type { TarProblemKind } from './tar.js'
import type { ZipProblemKind } from './zip-problem.js'

/** A limit of `Limits` that was reached: what is behind it was not read. */
type LimitProblemKind = 'limit-total-size' | 'limit-members' | 'limit-name-length' | 'limit-pax-block' | 'limit-seconds'

export type ProblemKind = ZipProblemKind | TarProblemKind | GzipProblemKind | LimitProblemKind

/**
 * What an archive reader saw and could not accept. The reader knows no messages: a rule under rules/archive/ turns each kind
 * into a finding.
 */
export interface Problem extends Place {
  readonly kind: ProblemKind
  /** What stands there, and what another place of the archive, or the format, says instead: short texts for the message. */
  readonly found?: string | undefined
  readonly expected?: string | undefined
}
