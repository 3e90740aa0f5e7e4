import type { Problem, ProblemKind } from '../../src/archive/problem.js'
import type { Draft, Enforcer } from '../../src/finding.js'
import { finding, quote } from '../../src/rule.js'

interface HasProblems {
  readonly problems: readonly Problem[]
}

/** One finding for each problem of these kinds; a function says who acts, where that depends on the case. */
export function* fromProblems(
  { problems }: HasProblems,
  kinds: readonly ProblemKind[],
  message: (problem: Problem) => string,
  more: Omit<Draft, 'at' | 'message'> | ((problem: Problem) => readonly Enforcer[]) = {},
): Generator<Draft> {
  for (const problem of problems)
    if (kinds.includes(problem.kind))
      yield finding(
        placeOf(problem),
        message(problem),
        typeof more === 'function' ? { enforcedBy: more(problem) } : more,
      )
}

/** One finding for all problems of a kind: a writer that does it once does it in every member. */
export function* fromAll(
  { problems }: HasProblems,
  kind: ProblemKind,
  message: (first: Problem, count: number) => string,
): Generator<Draft> {
  const all = problems.filter(problem => problem.kind === kind)
  if (all[0]) yield finding(placeOf(all[0]), message(all[0], all.length))
}

/** Without `field`: in a problem it names the record, not a metadata field. */
const placeOf = ({ member, offset }: Problem) => ({ member, offset })

/** The member's name in quotes, or `a member` where a record has none. */
export function memberOf({ member }: Problem): string {
  return member === undefined ? 'a member' : quote(member)
}

/** Members whose content PyPI reads during an upload, so that a broken one is seen there. */
export function pypiReads(problem: Problem): boolean {
  const { member = '' } = problem
  return isScanned(problem) || /\.dist-info\/(?:WHEEL|METADATA|RECORD|entry_points\.txt|licenses\/.*)$/s.test(member)
}

/** Python files, which PyPI searches for encrypted code; a broken one crashes the server. */
export function isScanned({ member = '' }: Problem): boolean {
  return /[^/]\.pye?$/i.test(member)
}

/** `1 byte`, `2,048 bytes`. */
export function byteCount(count: string | number | undefined): string {
  const number = Number(count ?? 0)
  return `${number.toLocaleString('en')} byte${number === 1 ? '' : 's'}`
}

/** `1 member`, `12 members`. */
export function memberCount(count: number): string {
  return `${count.toLocaleString('en')} member${count === 1 ? '' : 's'}`
}

export const PYPI_ARCHIVES = 'https://docs.pypi.org/archives/'
export const APPNOTE = 'https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT'
