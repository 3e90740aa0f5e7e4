import type { LimitProblems, Problem } from '../../src/archive/problem.js'
import { finding, quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { fromProblems } from './_problems.js'

const WHAT: Readonly<Record<keyof LimitProblems, string>> = {
  'limit-total-size': 'inflated bytes of the archive',
  'limit-members': 'members of the archive',
  'limit-names': 'bytes of all names and link targets of the archive',
  'limit-name-length': 'bytes of a member name',
  'limit-pax-block': 'bytes of a pax or long-name header',
  'limit-seconds': 'seconds for one file',
  'limit-problems': 'problems of one kind in the records',
  'limit-file-size': 'bytes of the file',
  'limit-number': '',
  'limit-libraries': 'binaries times names of libraries that they load',
}
const KINDS = Object.keys(WHAT) as (keyof LimitProblems)[]

export default rule({
  id: 'archive-limit',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'variants-json', 'release'],
  enforcedBy: [],
  always: true,
  last: true,
  force: 'none',
  source: 'distaudit, limits',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A limit of distaudit was reached, so the file was not read or judged in whole.',
  why: 'What lies behind the limit was not checked; other tools have such limits too.',
  fix: 'Make the distribution smaller, or raise the limit in the configuration when the size is right.',
  bad: { wheel: { make: 'zip-long-name' } },
  good: { wheel: {} },
  *check(subject, { overdue = [], limits }) {
    if ('problems' in subject) yield* fromProblems(subject, KINDS, message)
    if (overdue.length > 0)
      yield finding(
        undefined,
        `The limit of seconds for one file was reached (found ${limits.seconds}) before ${overdue.length === 1 ? 'the rule' : 'these rules'} came to an end: ${someQuoted(overdue)}; what is behind it was not checked.`,
      )
  },
})

const message = (problem: Problem<keyof LimitProblems>): string =>
  problem.kind === 'limit-seconds' && problem.member !== undefined
    ? `The limit of seconds for one file was reached (found ${problem.limit}) while ${quote(problem.member)} was read; what is behind it in this member was not checked.`
    : `The limit of ${problem.kind === 'limit-number' ? problem.what : WHAT[problem.kind]} was reached (${found(problem)}); what is behind it was not checked.`

function found(problem: Problem<keyof LimitProblems>): string {
  const { kind, limit } = problem
  if (kind === 'limit-name-length') return `found ${problem.length}, limit ${limit}`
  if (kind === 'limit-pax-block') return `found ${problem.bytes}, limit ${limit}`
  if (kind === 'limit-file-size') return `found ${problem.size}, limit ${limit}`
  return kind === 'limit-seconds' ? `found ${limit}` : `found more than ${limit}`
}
