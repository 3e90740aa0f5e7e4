import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'tar-header-invalid',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'pypi', 'uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A block that must be a header does not have a valid checksum.',
  why: 'Python silently stops reading here, so pip and PyPI do not see what follows. After an extension header it refuses to open the archive. uv refuses the file.',
  fix: BUILD_AGAIN,
  pypiMessage: 'Invalid distribution file. None',
  securitySeverity: 6.5,
  bad: { sdist: { make: 'tar-checksum-later' } },
  good: { sdist: {} },
  *check(subject) {
    for (const problem of problemsOf(subject, 'tar-checksum'))
      if (!problem.first)
        yield problemFinding(
          problem,
          `The block at offset ${problem.offset} of the tar is not a valid header: its checksum is wrong. Most readers stop here.`,
          problem.nested ? {} : { enforcedBy: ['uv'] },
        )
  },
})
