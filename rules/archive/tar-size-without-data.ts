import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-size-without-data',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A directory, link or device states a size.',
  why: 'Readers disagree on whether content follows, and so on where the next member starts.',
  breaks: 'Installers see other members after a hard link that states a size.',
  fix: BUILD_AGAIN,
  securitySeverity: 7.0,
  bad: [{ sdist: { make: 'tar-directory-with-size' } }, { sdist: { make: 'tar-hardlink-with-size' } }],
  good: [{ sdist: { make: 'tar-directories' } }, { sdist: { make: 'tar-hardlink-inside' } }],
  check: subject =>
    fromProblems(
      subject,
      ['tar-size-without-data'],
      problem =>
        `${memberText(problem)} is not a file but states a size of ${plural(problem.size, 'byte')}. Expected 0.`,
      ({ uv }) => (uv ? ['uv'] : []),
      true,
    ),
})
