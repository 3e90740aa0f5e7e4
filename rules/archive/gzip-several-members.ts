import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, GZIP_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'gzip-several-members',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MAY',
  source: 'RFC 1952, section 2.3',
  url: GZIP_FORMAT,
  summary: 'The gzip file has several members with data.',
  why: 'This is allowed, but uv reads only the first member, so it sees a different archive than pip does.',
  fix: BUILD_AGAIN,
  securitySeverity: 5.0,
  bad: { sdist: { make: 'gzip-two-members' } },
  good: { sdist: { make: 'gzip-empty-member' } },
  check: subject =>
    fromProblems(
      subject,
      ['gzip-members'],
      problem =>
        `Gzip member ${problem.number} at offset ${problem.offset} contains data. Tools that read only the first member miss it.`,
      // Past the end of the tar nobody reads on.
      ({ afterBoth }) => (afterBoth ? [] : ['uv']),
    ),
})
