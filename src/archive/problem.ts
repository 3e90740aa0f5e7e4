import type { GzipProblems } from './gzip.js'
import type { SomePlace } from './problem-place.js'
import type { TarProblems } from './tar-problem.js'
import type { ZipProblems } from './zip-problem.js'

/** A limit of `Limits` that was reached: what is behind it was not read. */
export interface LimitProblems {
  /** Inflated bytes of the archive. */
  'limit-total-size': SomePlace & { readonly limit: number }
  'limit-members': SomePlace & { readonly limit: number }
  /** Bytes of all names and link targets. */
  'limit-names': SomePlace & { readonly limit: number }
  'limit-name-length': SomePlace & { readonly member: string; readonly length: number; readonly limit: number }
  /** A pax or long-name header. */
  'limit-pax-block': SomePlace & { readonly bytes: number; readonly limit: number }
  /** Pairs of a binary and a name of a library that some binary loads: what loads what is not judged. */
  'limit-libraries': SomePlace & { readonly limit: number }
  /** Something of which no more is read of one archive: `SBOMs`. With the first member that was not. */
  'limit-number': SomePlace & { readonly what: string; readonly limit: number }
  /** With a member: what reads that member was ended, and the rest of the archive was read. */
  'limit-seconds': SomePlace & { readonly limit: number }
  /** Problems of one kind: `of` which. The first one that was left out is where this one is. */
  'limit-problems': SomePlace & { readonly of: string; readonly limit: number }
  /** The file itself is larger than what it may hold. */
  'limit-file-size': SomePlace & { readonly size: number; readonly limit: number }
}

/** Readers of tar files do not look behind the end of the tar, where a gzip stream may still have problems: Python wants one zero block, uv two. */
type InTar<P> = { readonly [K in keyof P]: P[K] & { readonly afterTar: boolean; readonly afterBoth: boolean } }

/** Each kind of problem, and what is known of one. */
interface Problems extends ZipProblems, TarProblems, InTar<GzipProblems>, LimitProblems {}

export type ProblemKind = keyof Problems

type AnyProblem = { [K in ProblemKind]: { readonly kind: K } & Problems[K] }[ProblemKind]

/**
 * What an archive reader saw and could not accept. The reader knows no messages: a rule under rules/archive/ turns each kind
 * into a finding.
 */
export type Problem<K extends ProblemKind = ProblemKind> = Extract<AnyProblem, { readonly kind: K }>

/** A problem of a record's field, before it is said whose record it is. */
export type FieldProblem<K extends ProblemKind> = {
  [P in K]: { readonly kind: P } & Omit<Problems[P], 'member' | 'offset' | 'where'>
}[K]

/** Narrows a problem to some kinds. */
export const isOf = <K extends ProblemKind>(problem: Problem, ...kinds: readonly K[]): problem is Problem<K> =>
  (kinds as readonly ProblemKind[]).includes(problem.kind)
