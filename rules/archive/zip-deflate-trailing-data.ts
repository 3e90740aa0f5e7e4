import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-deflate-trailing-data',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.8',
  url: APPNOTE,
  summary: 'The deflate stream of a member ends before its compressed size does.',
  why: 'The bytes after it are hidden: readers do not show them. uv refuses the file.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  securitySeverity: 5.5,
  bad: { wheel: { make: 'zip-deflate-trailing' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-deflate-trailing'],
      problem =>
        `The deflate stream of ${memberText(problem)} is followed by ${plural(problem.bytes, 'more byte')} of compressed content.`,
    ),
})
