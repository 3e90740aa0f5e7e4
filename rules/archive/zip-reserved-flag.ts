import { rule } from '../../src/rule.js'
import { APPNOTE, byReading, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-reserved-flag',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.4',
  url: APPNOTE,
  summary: 'A member has the general purpose flag for masked headers or patched data.',
  why: 'Readers that know the flag do not read the member, others ignore the flag.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  bad: [
    { wheel: { make: 'zip-masked' } },
    { wheel: { make: 'zip-patched' } },
    { wheel: { make: 'zip-patched-local' } },
  ],
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-reserved-flag'],
      problem =>
        `${memberText(problem)} has general purpose flag bit ${problem.bit} set (${problem.bit === 13 ? 'masked header values' : 'patched data'})${problem.where === 'local' ? ', only in its local header' : ''}.`,
      problem => {
        if (problem.bit === 13) return []
        return problem.where === 'central' && !problem.shadowed
          ? [...byReading(subject, { member: problem.member }, 'other'), 'uv']
          : ['uv']
      },
    ),
})
