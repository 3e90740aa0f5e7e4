import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { BUILD_AGAIN, GZIP_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'gzip-trailing-zeros',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'RFC 1952, section 2.3',
  url: GZIP_FORMAT,
  summary: 'The gzip data is followed by zero bytes.',
  why: 'Readers ignore such padding, but it is not part of the format.',
  fix: BUILD_AGAIN,
  bad: { sdist: { make: 'gzip-trailing-zeros' } },
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['gzip-trailing-zeros'],
      problem => `The gzip data is followed by ${plural(problem.bytes, 'zero byte')}.`,
    ),
})
