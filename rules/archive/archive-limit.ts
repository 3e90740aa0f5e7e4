import type { LimitProblems, Problem } from '../../src/archive/problem.js'
import { rule } from '../../src/rule.js'
import { fromProblems } from './_problems.js'

const WHAT: Readonly<Record<keyof LimitProblems, string>> = {
  'limit-total-size': 'inflated bytes of the archive',
  'limit-members': 'members of the archive',
  'limit-name-length': 'bytes of a member name',
  'limit-pax-block': 'bytes of a pax or long-name header',
  'limit-seconds': 'seconds for one file',
}
const KINDS = Object.keys(WHAT) as (keyof LimitProblems)[]

export default rule({
  id: 'archive-limit',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  always: true,
  force: 'none',
  source: 'distaudit, limits',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A limit of distaudit was reached, so the archive was not read in whole.',
  why: 'What lies behind the limit was not checked; other tools have such limits too.',
  fix: 'Make the distribution smaller, or raise the limit in the configuration when the size is right.',
  bad: { wheel: { make: 'zip-long-name' } },
  good: { wheel: {} },
  check: subject => fromProblems(subject, KINDS, message),
})

const message = (problem: Problem<keyof LimitProblems>): string =>
  `The limit of ${WHAT[problem.kind]} was reached (${found(problem)}); what is behind it was not checked.`

function found(problem: Problem<keyof LimitProblems>): string {
  const { kind, limit } = problem
  if (kind === 'limit-name-length') return `found ${problem.length}, limit ${limit}`
  if (kind === 'limit-pax-block') return `found ${problem.bytes}, limit ${limit}`
  return kind === 'limit-seconds' ? `found ${limit}` : `found more than ${limit}`
}
