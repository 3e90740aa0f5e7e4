import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, byReading, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-deflate-broken',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.5',
  url: APPNOTE,
  summary: 'The compressed content of a member cannot be inflated.',
  why: 'Nobody can read the member; pip and uv stop there.',
  fix: 'Build or download the file again.',
  pypiMessage: 'Invalid distribution file. None',
  bad: [{ wheel: { make: 'zip-deflate-broken' } }, { wheel: { make: 'zip-deflate-nothing' } }],
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-deflate-broken', 'zip-deflate-cut'],
      problem =>
        problem.kind === 'zip-deflate-cut' && problem.stated === 0 && problem.bytes === 0
          ? `${memberText(problem)} is marked as deflated and has no content at all; a deflate stream of nothing has two bytes.`
          : `The deflate stream of ${memberText(problem)} ${problem.kind === 'zip-deflate-cut' ? 'ends too early' : 'is invalid'}: ${plural(problem.bytes, 'byte')} of ${plural(problem.stated, 'byte')} came out.`,
      problem => {
        if (problem.kind === 'zip-deflate-broken') return byReading(subject, problem, 'other', 'uv')
        // Python takes what came out, and looks at its CRC-32 alone.
        return problem.crcFits ? ['uv'] : byReading(subject, problem, 'bad-zip', 'uv')
      },
    ),
})
