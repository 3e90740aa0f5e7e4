import { rule } from '../../src/rule.js'
import { APPNOTE, byReading, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-encrypted',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.4',
  url: APPNOTE,
  summary: 'A member is encrypted.',
  why: 'Installers do not have a password: pip and uv refuse to install the wheel.',
  fix: 'Write the archive without encryption.',
  pypiMessage: 'Internal Server Error',
  securitySeverity: 5.0,
  bad: [{ wheel: { make: 'zip-encrypted' } }, { wheel: { make: 'zip-encrypted-local' } }],
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-encrypted'],
      problem =>
        problem.where === 'central'
          ? `${memberText(problem)} is marked as encrypted, so its content cannot be read.`
          : `The local header of ${memberText(problem)} marks it as encrypted, but the central directory does not.`,
      problem =>
        problem.where === 'central' && !problem.shadowed
          ? [...byReading(subject, { member: problem.member }, 'other'), 'uv']
          : ['uv'],
    ),
})
