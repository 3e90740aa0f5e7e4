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
  summary: 'Other bytes follow the gzip data.',
  why: 'Installers ignore them, gzip warns, others refuse the file, and nobody knows what they are.',
  breaks: '`gzip -t` and GNU tar end with an error, and so does every script that unpacks the file with them.',
  fix: 'Build the file again, and upload what the build backend wrote.',
  securitySeverity: 5.0,
  bad: { sdist: { make: 'gzip-trailing' } },
  good: { sdist: { make: 'gzip-empty-member' } },
  check: subject =>
    fromProblems(
      subject,
      ['gzip-trailing'],
      problem => `${plural(problem.bytes, 'byte')} follow the gzip data, from offset ${problem.offset} on.`,
    ),
})
