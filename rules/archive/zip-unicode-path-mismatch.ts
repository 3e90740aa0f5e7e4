import { quote, rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-unicode-path-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.6.9',
  url: APPNOTE,
  summary: 'The Unicode path field of a member gives another name.',
  why: 'Readers that obey the field write another file than pip, which does not; uv refuses the file.',
  fix: 'Write the name itself as UTF-8 with flag bit 11, without the field 0x7075.',
  securitySeverity: 8.5,
  bad: { wheel: { make: 'zip-unicode-path-other' } },
  good: { wheel: { make: 'zip-unicode-path-same' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-unicode-path-other'],
      problem =>
        `The Unicode path field in the ${problem.where} header of ${memberText(problem)} names ${quote(problem.path)}.`,
    ),
})
