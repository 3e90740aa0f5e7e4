import type { Look } from '../../src/archive/looks-like.js'
import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, SDIST_FORMAT } from '../shared/tar.js'
import { fromProblems, problemFinding, problemsOf } from './_problems.js'

const WHAT: Readonly<Partial<Record<Look, string>>> = {
  zip: 'a zip archive',
  text: 'a text',
  empty: 'an empty file',
}

export default rule({
  id: 'tar-unreadable',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The file is not a tar archive.',
  why: 'No tool can read it: PyPI rejects it, and pip and uv refuse to install it.',
  fix: BUILD_AGAIN,
  pypiMessage: 'Invalid distribution file. File is not a tarfile',
  bad: [
    { sdist: { make: 'tar-is-text' } },
    { sdist: { make: 'tar-empty' } },
    { sdist: { make: 'tar-checksum-first' } },
  ],
  good: { sdist: {} },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['tar-not-a-tar'],
      ({ looksLike }) => `The file is not a tar archive: it starts like ${WHAT[looksLike] ?? 'another kind of file'}.`,
    )
    yield* fromProblems(subject, ['tar-empty'], () => 'The tar archive does not contain any members.')
    for (const problem of problemsOf(subject, 'tar-checksum'))
      if (problem.first)
        yield problemFinding(problem, 'The file is not a tar archive: the checksum of its first header is wrong.')
  },
})
