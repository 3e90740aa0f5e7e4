import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-name-conflict',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'The pax record and the header give a member different names.',
  why: 'Readers that support pax see one file, other readers see another.',
  fix: BUILD_AGAIN,
  securitySeverity: 5.0,
  bad: [{ sdist: { make: 'tar-pax-path-other' } }, { sdist: { make: 'tar-pax-linkpath-other' } }],
  good: [{ sdist: { make: 'tar-pax-long-name' } }, { sdist: { make: 'tar-name-utf8' } }],
  check: subject =>
    fromProblems(
      subject,
      ['tar-name-conflict'],
      problem =>
        `${memberText(problem)} has the ${problem.what} ${quote(problem.extended)} in its extended header but ${quote(problem.own)} in its own header, which had room for the same text.`,
    ),
})
