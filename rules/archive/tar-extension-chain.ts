import { MOST_NESTED } from '../../src/archive/problem-list.js'
import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { memberText, problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'tar-extension-chain',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'pypi-crash', 'twine', 'uv'],
  force: 'none',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'One member has many extended headers.',
  why: 'Python fails with a RecursionError at a few hundred of them, and uv refuses a pax header that follows another one. No writer needs more than four.',
  fix: BUILD_AGAIN,
  securitySeverity: 5.0,
  bad: [
    { sdist: { make: 'tar-extension-chain' } },
    { sdist: { make: 'tar-extension-chain-long' } },
    { sdist: { make: 'tar-pax-twice-before' } },
  ],
  good: { sdist: { make: 'tar-pax-long-name' } },
  *check(subject) {
    for (const problem of problemsOf(subject, 'tar-pax-again'))
      yield problemFinding(
        problem,
        `The pax header at offset ${problem.offset} of the tar directly follows another one. Expected a member between them.`,
        { severity: 'warning', enforcedBy: ['uv'] },
      )
    for (const problem of problemsOf(subject, 'tar-extension-chain'))
      yield problemFinding(
        problem,
        `${memberText(problem)} has ${plural(problem.count, 'extended header')}. Expected at most four.`,
        problem.count > MOST_NESTED
          ? { enforcedBy: ['pip', 'pypi-crash', 'twine'] }
          : { severity: 'warning', enforcedBy: [] },
      )
  },
})
