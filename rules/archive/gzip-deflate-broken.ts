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
  summary: 'The compressed data is corrupt.',
  why: 'No tool can decompress it completely.',
  fix: 'Rebuild the sdist, or copy the file again.',
  pypiMessage: 'Invalid distribution file. None',
  formerly: ['gzip-deflate'],
  bad: { sdist: { make: 'gzip-broken' } },
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['gzip-deflate'],
      problem => `The compressed data is corrupt at or before offset ${problem.offset} of the file.`,
      // Installers do not look past the end of the tar.
      ({ afterTar, afterBoth }) =>
        afterBoth ? ['system'] : afterTar ? ['uv', 'system'] : ['pypi', 'twine', 'pip', 'uv'],
    ),
})
