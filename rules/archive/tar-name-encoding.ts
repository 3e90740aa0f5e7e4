import { rule } from '../../src/rule.js'
import { PAX_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-name-encoding',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'A name is not UTF-8.',
  why: 'What file it becomes depends on the reader and its locale; uv refuses the archive.',
  fix: 'Rename the file, or build on a system whose locale is UTF-8.',
  bad: { sdist: { make: 'tar-name-latin1' } },
  good: { sdist: { make: 'tar-name-utf8' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-name-encoding'],
      problem =>
        `The name ${memberText(problem)} ${problem.declared ? 'is declared to be binary' : 'is not UTF-8; it is shown as Latin-1'}.`,
      // Bytes that are UTF-8 after all are read alike.
      ({ utf8 }) => (utf8 ? [] : ['uv']),
    ),
})
