import { rule } from '../../src/rule.js'
import { GZIP_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

const INSIDE = { header: 'the header', data: 'the deflate data', trailer: 'the trailer' }

export default rule({
  id: 'gzip-truncated',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv', 'system'],
  force: 'MUST',
  source: 'RFC 1952, section 2.3',
  url: GZIP_FORMAT,
  summary: 'The gzip stream is truncated.',
  why: 'The file is incomplete. Readers refuse it, or do not notice when only the trailer is missing.',
  fix: 'Rebuild the sdist, or copy the file again.',
  pypiMessage: 'Invalid distribution file. None',
  bad: [{ sdist: { make: 'gzip-cut' } }, { sdist: { make: 'gzip-no-trailer' } }],
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['gzip-truncated'],
      problem => `The file ends inside ${INSIDE[problem.inside]} of the gzip stream.`,
      // Python's tarfile, in PyPI and pip, and uv stop at the end of the tar.
      ({ afterTar, afterBoth }) =>
        afterBoth ? ['system'] : afterTar ? ['uv', 'system'] : ['pypi', 'twine', 'pip', 'uv'],
    ),
})
