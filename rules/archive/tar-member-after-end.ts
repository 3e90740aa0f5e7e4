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
  summary: 'The end of the archive is followed by another member.',
  why: 'pip, uv and PyPI stop at the end: two zero blocks for uv, one for Python. Readers that skip zero blocks see another member, which can replace a file.',
  breaks:
    'What was reviewed is not what is installed: readers that continue (`tar -i`, Python with `ignore_zeros`) see different files than pip and uv.',
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
