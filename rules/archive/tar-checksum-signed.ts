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
  summary: 'The checksum of a header was computed from signed bytes.',
  why: 'Some old tar programs did this, and Python accepts it. Strict readers, including uv, refuse the archive.',
  fix: BUILD_AGAIN,
  bad: { sdist: { make: 'tar-checksum-signed' } },
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['tar-checksum-signed'],
      problem =>
        `The checksum in the header of ${memberText(problem)} was computed from signed bytes. Expected unsigned bytes.`,
    ),
})
