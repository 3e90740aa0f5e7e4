import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { GZIP_FORMAT } from '../shared/tar.js'
import { fromProblems } from './_problems.js'

export default rule({
  id: 'gzip-trailing-data',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'RFC 1952, section 2.3',
  url: GZIP_FORMAT,
  summary: 'The gzip data is followed by other bytes.',
  why: 'Installers ignore these bytes, gzip warns about them, and other tools refuse the file. Nobody knows what they are.',
  breaks: '`gzip -t` and GNU tar exit with an error, and so does every script that unpacks the file with them.',
  fix: 'Rebuild the sdist, and upload exactly what the build backend wrote.',
  securitySeverity: 5.0,
  bad: { sdist: { make: 'gzip-trailing' } },
  good: { sdist: { make: 'gzip-empty-member' } },
  check: subject =>
    fromProblems(
      subject,
      ['gzip-trailing'],
      problem =>
        `The gzip data is followed by ${plural(problem.bytes, 'byte')} that ${problem.bytes === 1 ? 'is' : 'are'} not gzip data, from offset ${problem.offset} on.`,
    ),
})
