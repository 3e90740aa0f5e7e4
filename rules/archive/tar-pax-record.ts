import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'tar-pax-record',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'A pax header breaks the form of its records.',
  why: 'Readers stop, skip the header or take another name from it; uv refuses the archive.',
  fix: BUILD_AGAIN,
  securitySeverity: 6.5,
  bad: { sdist: { make: 'tar-pax-record' } },
  good: { sdist: { make: 'tar-pax-long-name' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-pax-record'],
      problem =>
        `The pax header at offset ${problem.offset} of the tar has ${problem.found}; a record is its length, a blank, KEY=VALUE and a line feed.`,
    ),
})
