import type { Problem } from '../../src/archive/problem.js'
import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, GNU_FORMAT } from '../shared/tar.js'
import { problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'tar-long-name-form',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'GNU tar manual, "Basic Tar Format"',
  url: GNU_FORMAT,
  summary:
    'A GNU long name does not end with a NUL, has other bytes after it, is too long, or does not belong to a member.',
  why: 'Python reads such a name into the padding of the block, or up to the first NUL. uv refuses the archive.',
  fix: BUILD_AGAIN,
  securitySeverity: 6.5,
  bad: [
    { sdist: { make: 'tar-long-name-no-nul' } },
    { sdist: { make: 'tar-long-name-after-nul' } },
    { sdist: { make: 'tar-long-name-too-long' } },
  ],
  good: [{ sdist: { make: 'tar-gnu-long-name' } }, { sdist: { make: 'tar-long-name-filled' } }],
  *check(subject) {
    for (const problem of problemsOf(subject, 'tar-long-name'))
      yield problemFinding(
        problem,
        message(problem),
        problem.fault === 'no-nul' || problem.fault === 'too-long' ? {} : { severity: 'warning' },
      )
  },
})

function message({ what, fault, text, offset }: Problem<'tar-long-name'>): string {
  if (fault === 'no-link') return `A GNU header gives ${quote(text)} a link target, but it is not a link.`
  const header = `The GNU header at offset ${offset} of the tar has the ${what} ${quote(text)}`
  if (fault === 'too-long') return `${header} in more than 128 KiB, which uv does not read.`
  return fault === 'no-nul'
    ? `${header}, which does not end with a NUL.`
    : `${header}, which has bytes other than zero after its NUL.`
}
