import { isOf, type Problem, type ProblemKind } from '../../src/archive/problem.js'
import type { SomePlace } from '../../src/archive/problem-place.js'
import type { Draft, Enforcer } from '../../src/finding.js'
import { finding, quote } from '../../src/rule.js'

interface HasProblems {
  readonly problems: readonly Problem[]
}

/** The problems of one kind. */
export const problemsOf = <K extends ProblemKind>({ problems }: HasProblems, kind: K): readonly Problem<K>[] =>
  problems.filter(problem => isOf(problem, kind))

/** A finding where a problem is. */
export const problemFinding = ({ member, offset }: SomePlace, message: string, more?: Omit<Draft, 'at' | 'message'>) =>
  finding({ member, offset }, message, more)

/** One finding for each problem of these kinds; a function says who acts, where that depends on the case. */
export function* fromProblems<K extends ProblemKind>(
  { problems }: HasProblems,
  kinds: readonly K[],
  message: (problem: Problem<K>) => string,
  enforcedBy?: (problem: Problem<K>) => readonly Enforcer[],
): Generator<Draft> {
  for (const problem of problems)
    if (isOf(problem, ...kinds))
      yield problemFinding(problem, message(problem), enforcedBy && { enforcedBy: enforcedBy(problem) })
}

/** One finding for all problems of a kind: a writer that does it once does it in every member. */
export function* fromAll<K extends ProblemKind>(
  subject: HasProblems,
  kind: K,
  message: (first: Problem<K>, count: number) => string,
): Generator<Draft> {
  const all = problemsOf(subject, kind)
  if (all[0]) yield problemFinding(all[0], message(all[0], all.length))
}

/** The member's name in quotes, or `a member` where a record has none. */
export function memberText({ member }: SomePlace): string {
  return member === undefined ? 'a member' : quote(member)
}

/** Members whose content PyPI reads during an upload, so that a broken one is seen there. */
export function pypiReads(place: SomePlace): boolean {
  const { member = '' } = place
  return isScanned(place) || /\.dist-info\/(?:WHEEL|METADATA|RECORD|entry_points\.txt|licenses\/.*)$/s.test(member)
}

/** Python files, which PyPI searches for encrypted code; a broken one crashes the server. */
export function isScanned({ member = '' }: SomePlace): boolean {
  return /[^/]\.pye?$/i.test(member)
}

/** A CRC-32, as the tools show it. */
export const crcText = (crc: number): string => crc.toString(16).padStart(8, '0')

export const PYPI_ARCHIVES = 'https://docs.pypi.org/archives/'
export const APPNOTE = 'https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT'
