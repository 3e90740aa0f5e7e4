import { isOf, type LimitProblems, type Problem } from '../../src/archive/problem.js'
import { LICENSE_STATEMENTS } from '../../src/licenses/evidence.js'
import { finding, quote, rule } from '../../src/rule.js'
import { plural, someQuoted, thousands } from '../../src/wording.js'
import { problemFinding } from './_problems.js'

const WHAT: Readonly<Record<keyof LimitProblems, string>> = {
  'limit-total-size': 'inflated bytes in the archive',
  'limit-members': 'members in the archive',
  'limit-names': 'bytes for all names and link targets in the archive',
  'limit-name-length': 'bytes for a member name',
  'limit-pax-block': 'bytes for a pax or long-name header',
  'limit-seconds': 'seconds for one file',
  'limit-problems': 'problems of one kind in the records',
  'limit-file-size': 'bytes for the file',
  'limit-number': '',
  'limit-libraries': 'binaries times the names of libraries that they load',
}
const KINDS = Object.keys(WHAT) as (keyof LimitProblems)[]

export default rule({
  id: 'archive-limit',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'variants-json', 'release'],
  enforcedBy: [],
  force: 'none',
  source: 'distaudit, limits',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The file exceeds a limit of distaudit, so it was not checked completely.',
  why: 'Nothing past the limit was checked. Other tools have such limits too.',
  fix: 'Make the distribution smaller, or raise the limit in the configuration if the size is intended.',
  always: true,
  last: true,
  bad: { wheel: { make: 'zip-long-name' } },
  good: { wheel: {} },
  *check(subject, { overdue = [], limits }) {
    if ('problems' in subject)
      for (const problem of subject.problems)
        if (isOf(problem, ...KINDS))
          yield problemFinding(problem, message(problem), isOfStatements(problem) ? { severity: 'info' } : undefined)
    if (overdue.length > 0)
      yield finding(
        undefined,
        `Checking the file took longer than the limit of ${plural(limits.seconds, 'second')}. ${overdue.length === 1 ? 'This rule' : 'These rules'} did not finish: ${someQuoted(overdue)}.`,
      )
  },
})

/** Thousands of source files state the same license: those that were read say which. */
const isOfStatements = (problem: Problem<keyof LimitProblems>): boolean =>
  problem.kind === 'limit-number' && problem.what === LICENSE_STATEMENTS

const message = (problem: Problem<keyof LimitProblems>): string =>
  problem.kind === 'limit-seconds' && problem.member !== undefined
    ? `Checking the file took longer than the limit of ${plural(problem.limit, 'second')} while distaudit was reading ${quote(problem.member)}. The rest of this member was not checked.`
    : `The limit on ${problem.kind === 'limit-number' ? problem.what : WHAT[problem.kind]} was reached (${found(problem)}). Nothing past it was checked.`

function found(problem: Problem<keyof LimitProblems>): string {
  const { kind } = problem
  const limit = thousands(problem.limit)
  if (kind === 'limit-name-length') return `found ${thousands(problem.length)}, limit ${limit}`
  if (kind === 'limit-pax-block') return `found ${thousands(problem.bytes)}, limit ${limit}`
  if (kind === 'limit-file-size') return `found ${thousands(problem.size)}, limit ${limit}`
  return kind === 'limit-seconds' ? `found ${limit}` : `found more than ${limit}`
}
