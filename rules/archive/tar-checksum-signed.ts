import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, USTAR_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-checksum-signed',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "ustar Interchange Format"',
  url: USTAR_FORMAT,
  summary: 'A header checksum is that of signed bytes.',
  why: 'Some old tars counted so and Python reads it; strict readers, uv among them, refuse it.',
  fix: BUILD_AGAIN,
  bad: { sdist: { make: 'tar-checksum-signed' } },
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['tar-checksum-signed'],
      problem =>
        `The header of ${memberText(problem)} has a checksum of signed bytes; the format asks for unsigned ones.`,
    ),
})
