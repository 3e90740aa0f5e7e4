import { rule } from '../../src/rule.js'
import { fromProblems } from '../shared/problems.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'tar-extension-chain',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'Many extended headers stand before one member.',
  why: 'Python fails with a RecursionError when there are too many; no writer needs more than four.',
  fix: BUILD_AGAIN,
  securitySeverity: 5.0,
  bad: { sdist: { make: 'tar-extension-chain' } },
  good: { sdist: { make: 'tar-pax-long-name' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-extension-chain'],
      problem => `More than four extended headers stand before one member, at offset ${problem.offset} of the tar.`,
    ),
})
