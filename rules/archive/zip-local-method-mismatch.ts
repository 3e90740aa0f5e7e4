import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-local-method-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.5',
  url: APPNOTE,
  summary: 'The local header of a member states another compression method than the central directory.',
  why: 'The same bytes give two contents, one a reader; uv refuses the file.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  securitySeverity: 7.5,
  bad: { wheel: { make: 'zip-local-method' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-local-method'],
      problem =>
        `The local header of ${memberText(problem)} states compression method ${problem.local}, the central directory ${problem.central}.`,
    ),
})
