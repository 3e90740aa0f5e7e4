import { rule } from '../../src/rule.js'
import { USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-truncated',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'The tar ends inside a member.',
  why: 'No tool can unpack it completely.',
  fix: 'Rebuild the sdist, or copy the complete file again.',
  pypiMessage: 'Invalid distribution file. None',
  bad: [{ sdist: { make: 'tar-truncated' } }, { sdist: { make: 'tar-half-block' } }],
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['tar-truncated'],
      problem =>
        `The tar ends inside ${problem.member === undefined ? 'a header' : memberText(problem)}, at offset ${problem.offset}.`,
      // Python's tarfile, in PyPI and pip, treats less than a block as the end, unless it is the whole file.
      ({ inside, offset, nested, ended }) =>
        ended || (inside === 'block' && offset >= 512 && !nested) ? ['uv'] : ['pypi', 'twine', 'pip', 'uv'],
    ),
})
