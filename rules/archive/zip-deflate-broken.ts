import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, byContent, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-deflate-broken',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.5',
  url: APPNOTE,
  summary: 'The compressed content of a member is corrupt.',
  why: 'No tool can read the member: pip and uv refuse to install the wheel.',
  fix: 'Rebuild the file, or download it again.',
  pypiMessage: 'Invalid distribution file. None',
  bad: [{ wheel: { make: 'zip-deflate-broken' } }, { wheel: { make: 'zip-deflate-nothing' } }],
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-deflate-broken', 'zip-deflate-cut'],
      problem =>
        problem.kind === 'zip-deflate-cut' && problem.stated === 0 && problem.bytes === 0
          ? `${memberText(problem)} is marked as deflated but does not have any content. An empty deflate stream has two bytes.`
          : `The deflate stream of ${memberText(problem)} ${problem.kind === 'zip-deflate-cut' ? 'ends too early' : 'is invalid'}: ${plural(problem.bytes, 'byte')} of ${plural(problem.stated, 'byte')} could be read.`,
      problem => {
        // uv inflates also what it does not unpack.
        if (problem.kind === 'zip-deflate-broken') return [...byContent(subject, problem, 'other'), 'uv']
        // Python takes what it can read, and checks only its CRC-32.
        return problem.crcFits ? ['uv'] : [...byContent(subject, problem, 'bad-zip'), 'uv']
      },
    ),
})
