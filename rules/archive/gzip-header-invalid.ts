import type { GzipHeaderFault } from '../../src/archive/gzip.js'
import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, GZIP_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'gzip-header-invalid',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv', 'system'],
  force: 'MUST',
  source: 'RFC 1952, section 2.3',
  url: GZIP_FORMAT,
  summary: 'The gzip header is invalid.',
  why: 'Some or all readers refuse the file.',
  fix: BUILD_AGAIN,
  pypiMessage: 'Invalid distribution file. None',
  formerly: ['gzip-header'],
  bad: [{ sdist: { make: 'gzip-reserved-flags' } }, { sdist: { make: 'gzip-method' } }],
  good: { sdist: { make: 'gzip-name' } },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['gzip-header'],
      problem => `The gzip header at offset ${problem.offset} has ${faultText(problem.fault)}.`,
      // Python does not check the flags and the header CRC, and uv not the CRC; gzip checks both.
      ({ fault }) =>
        fault.what === 'reserved-flags'
          ? ['system']
          : fault.what === 'header-crc'
            ? ['uv', 'system']
            : ['pypi', 'twine', 'pip', 'uv'],
    )
  },
})

function faultText(fault: GzipHeaderFault): string {
  switch (fault.what) {
    case 'method':
      return `the compression method ${fault.method}`
    case 'endless-name':
      return 'a name that is not terminated'
    case 'reserved-flags':
      return `reserved flags 0x${fault.flags.toString(16)}`
    case 'header-crc':
      return 'a wrong header CRC'
  }
}
