import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'tar-header-invalid',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'pypi', 'uv'],
  pypiMessage: 'Invalid distribution file. None',
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'Where a header must be, there is none with a right checksum.',
  why: 'Python stops reading here without a word, so pip and PyPI do not see what follows; after an extension header it refuses the archive. uv refuses the file.',
  fix: BUILD_AGAIN,
  securitySeverity: 6.5,
  bad: { sdist: { make: 'tar-checksum-later' } },
  good: { sdist: {} },
  *check(subject) {
    for (const problem of problemsOf(subject, 'tar-checksum'))
      if (!problem.first)
        yield problemFinding(
          problem,
          `The block at offset ${problem.offset} of the tar is no header: its checksum is wrong. What follows is lost to most readers.`,
          problem.nested ? {} : { enforcedBy: ['uv'] },
        )
  },
})
