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
  why: 'The resulting file name depends on the tool and its locale. uv refuses the archive.',
  fix: 'Rename the file, or build on a system with a UTF-8 locale.',
  bad: { sdist: { make: 'tar-name-latin1' } },
  good: { sdist: { make: 'tar-name-utf8' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-name-encoding'],
      problem =>
        `The name ${memberText(problem)} ${problem.declared ? 'is declared as binary' : 'is not UTF-8 (shown here as Latin-1)'}.`,
      // All readers agree on bytes that are UTF-8 after all.
      ({ utf8 }) => (utf8 ? [] : ['uv']),
    ),
})
