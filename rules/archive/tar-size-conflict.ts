import { quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, PAX_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-size-conflict',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'POSIX.1-2024, pax, "pax Extended Header"',
  url: PAX_FORMAT,
  summary: 'The pax record and the header give a member different sizes.',
  why: 'Readers disagree on which members the archive has: a tool that checks it and a tool that unpacks it can see different files.',
  breaks: 'Readers that use the other size see different members after it.',
  fix: BUILD_AGAIN,
  securitySeverity: 8.0,
  bad: [{ sdist: { make: 'tar-pax-size-smaller' } }, { sdist: { make: 'tar-pax-size-text' } }],
  good: { sdist: { make: 'tar-pax-size-equal' } },
  check: subject =>
    fromProblems(
      subject,
      ['tar-size-conflict', 'tar-size-invalid'],
      problem =>
        problem.kind === 'tar-size-conflict'
          ? `${memberText(problem)} has the size ${problem.pax} in its pax record but ${problem.header ?? 'no valid size'} in its header.`
          : `The pax record of ${memberText(problem)} has the size ${quote(problem.text)}. Expected decimal digits.`,
      // uv accepts two sizes, and uses the one of the pax record as tarfile does.
      problem => (problem.kind === 'tar-size-conflict' ? [] : ['uv']),
      true,
    ),
})
