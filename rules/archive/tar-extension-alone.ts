import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'tar-extension-alone',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'pypi', 'twine', 'uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'An extended header is not followed by a member.',
  why: 'Python refuses to open the archive: "missing or bad subsequent header".',
  fix: BUILD_AGAIN,
  pypiMessage: 'Invalid distribution file. None',
  bad: { sdist: { make: 'tar-extension-alone' } },
  good: { sdist: { make: 'tar-pax-long-name' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-extension-alone'],
      problem =>
        `The extended header at offset ${problem.offset} of the tar is followed by the end of the archive, not by a member.`,
      ({ uv }) => (uv ? ['pip', 'pypi', 'twine', 'uv'] : ['pip', 'pypi', 'twine']),
    ),
})
