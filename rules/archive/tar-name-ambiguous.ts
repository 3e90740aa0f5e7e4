import type { Problem } from '../../src/archive/problem.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, GNU_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText, problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'tar-name-ambiguous',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'GNU tar manual, "Basic Tar Format"',
  url: GNU_FORMAT,
  summary: 'Two headers or two fields give a member two different names.',
  why: 'Readers disagree on which members the archive has: a tool that checks it and a tool that unpacks it can see different files.',
  breaks: 'pip and PyPI see a different member than uv and GNU tar do.',
  fix: BUILD_AGAIN,
  securitySeverity: 8.0,
  bad: [
    { sdist: { make: 'tar-pax-and-gnu-name' } },
    { sdist: { make: 'tar-two-gnu-names' } },
    { sdist: { make: 'tar-gnu-prefix' }, alsoGives: ['unpack-differs'] },
    { sdist: { make: 'tar-gnu-prefix-dot' }, alsoGives: ['sdist-multiple-toplevel'] },
  ],
  good: { sdist: { make: 'tar-gnu-long-name' } },
  *check(subject) {
    yield* fromProblems(subject, ['tar-name-pax-gnu', 'tar-name-gnu-twice'], message)
    // uv ignores a prefix where the format does not have one.
    for (const problem of problemsOf(subject, 'tar-prefix-in-gnu'))
      yield problemFinding(problem, message(problem), {
        enforcedBy: [],
        ...(problem.same && { severity: 'warning' as const }),
      })
  },
})

type TwoNames = Problem<'tar-name-pax-gnu' | 'tar-name-gnu-twice' | 'tar-prefix-in-gnu'>

function message(problem: TwoNames): string {
  switch (problem.kind) {
    case 'tar-name-pax-gnu':
      return `A member has the ${problem.what} ${quote(problem.pax)} in its pax header and ${quote(problem.gnu)} in its GNU header. Only one of them is allowed.`
    case 'tar-name-gnu-twice':
      return `A member has two GNU headers with the ${problem.what}s ${quote(problem.first)} and ${quote(problem.second)}. Only one is allowed.`
    case 'tar-prefix-in-gnu':
      return `A GNU header has a prefix, which that format does not have. pip and PyPI read the name as ${memberText(problem)}, uv and GNU tar as ${quote(problem.own)}.`
  }
}
