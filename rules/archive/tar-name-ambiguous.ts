import type { Problem } from '../../src/archive/problem.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, GNU_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'tar-name-ambiguous',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'GNU tar manual, "Basic Tar Format"',
  url: GNU_FORMAT,
  summary: 'Two extension headers give a member two names.',
  why: 'Readers differ on which members the archive has: one that checks it and one that unpacks it can see different files.',
  fix: BUILD_AGAIN,
  securitySeverity: 8.0,
  bad: [{ sdist: { make: 'tar-pax-and-gnu-name' } }, { sdist: { make: 'tar-two-gnu-names' } }],
  good: { sdist: { make: 'tar-gnu-long-name' } },
  check: subject => fromProblems(subject, ['tar-name-pax-gnu', 'tar-name-gnu-twice'], message),
})

const message = (problem: Problem<'tar-name-pax-gnu' | 'tar-name-gnu-twice'>): string =>
  problem.kind === 'tar-name-pax-gnu'
    ? `A member has the ${problem.what} ${quote(problem.pax)} in its pax header and ${quote(problem.gnu)} in its GNU header; only one may be given.`
    : `A member has two GNU headers with the ${problem.what}s ${quote(problem.first)} and ${quote(problem.second)}; only one may be given.`
