import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'tar-member-after-end',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A member follows the end of the archive.',
  why: 'pip, uv and PyPI stop at the end, which is two zero blocks for uv, and one for Python; readers that skip zero blocks see another member, and can replace a file with it.',
  breaks:
    'What was reviewed is not what is installed: readers that go on (`tar -i`, `ignore_zeros` of Python) see other files than pip and uv.',
  fix: BUILD_AGAIN,
  securitySeverity: 7.5,
  bad: { sdist: { make: 'tar-member-after-end' } },
  good: { sdist: { make: 'tar-much-padding' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-member-after-end'],
      problem =>
        `The header of ${quote(problem.name)} follows the zero blocks that end the archive, at offset ${problem.offset} of the tar.`,
      ({ uv }) => (uv ? ['uv'] : []),
      true,
    ),
})
