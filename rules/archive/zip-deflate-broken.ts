import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, fromProblems, isScanned, memberText, pypiReads } from './_problems.js'

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
  bad: { wheel: { make: 'zip-deflate-broken' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-deflate-broken', 'zip-deflate-cut'],
      problem =>
        `The deflate stream of ${memberText(problem)} ${problem.kind === 'zip-deflate-cut' ? 'ends too early' : 'is invalid'}: ${plural(problem.bytes, 'byte')} of ${plural(problem.stated, 'byte')} came out.`,
      problem => (pypiReads(problem) ? [isScanned(problem) ? 'pypi-crash' : 'pypi', 'pip', 'uv'] : ['pip', 'uv']),
    ),
})
