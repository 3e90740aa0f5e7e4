import { quote, rule } from '../../src/rule.js'
import { fromProblems } from '../shared/problems.js'
import { BUILD_AGAIN, GNU_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'tar-name-ambiguous',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'GNU tar manual, "Basic Tar Format"',
  url: GNU_FORMAT,
  summary: 'A pax record and a GNU long name give a member two names.',
  why: 'Readers differ on which members the archive has: one that checks it and one that unpacks it can see different files.',
  fix: BUILD_AGAIN,
  securitySeverity: 8.0,
  bad: { sdist: { make: 'tar-pax-and-gnu-name' } },
  good: { sdist: { make: 'tar-gnu-long-name' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-name-pax-gnu'],
      problem =>
        `A member has the path ${quote(problem.found ?? '')} in its pax header and ${quote(problem.expected ?? '')} in its GNU header; only one may be given.`,
    ),
})
