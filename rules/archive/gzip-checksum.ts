import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { GZIP_FORMAT } from '../shared/tar.js'
import { crcText, fromProblems } from './_problems.js'

export default rule({
  id: 'gzip-checksum',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['system'],
  force: 'MUST',
  source: 'RFC 1952, section 2.3',
  url: GZIP_FORMAT,
  summary: 'The gzip trailer does not match the data.',
  why: 'The file was damaged or changed. Python and uv stop at the end of the tar archive and do not notice; gzip and other tools report an error.',
  fix: 'Rebuild the sdist, or copy the file again.',
  securitySeverity: 5.0,
  bad: [{ sdist: { make: 'gzip-crc' } }, { sdist: { make: 'gzip-length' } }],
  good: { sdist: {} },
  check: subject =>
    fromProblems(subject, ['gzip-crc', 'gzip-length'], problem =>
      problem.kind === 'gzip-crc'
        ? `The gzip trailer states the CRC-32 ${crcText(problem.stated)}, but the data has ${crcText(problem.actual)}.`
        : `The gzip trailer states a length of ${plural(problem.stated, 'byte')}, but the data has ${plural(problem.actual, 'byte')}.`,
    ),
})
