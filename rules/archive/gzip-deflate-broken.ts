import { rule } from '../../src/rule.js'
import { GZIP_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'gzip-deflate-broken',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv', 'system'],
  force: 'MUST',
  source: 'RFC 1952, section 2.3',
  url: GZIP_FORMAT,
  summary: 'The compressed data is broken.',
  why: 'Nobody can read it to its end.',
  fix: 'Build or copy the file again.',
  pypiMessage: 'Invalid distribution file. None',
  formerly: ['gzip-deflate'],
  bad: { sdist: { make: 'gzip-broken' } },
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['gzip-deflate'],
      problem => `The deflate data is broken at or before offset ${problem.offset} of the file.`,
      // Behind the end of the tar, installers do not look.
      ({ afterTar, afterBoth }) =>
        afterBoth ? ['system'] : afterTar ? ['uv', 'system'] : ['pypi', 'twine', 'pip', 'uv'],
    ),
})
