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
  why: 'Bytes are hidden there that no reader shows; uv refuses the file.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  securitySeverity: 5.5,
  bad: { wheel: { make: 'zip-deflate-trailing' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-deflate-trailing'],
      problem =>
        `${plural(problem.bytes, 'byte')} follow the deflate stream inside the compressed content of ${memberText(problem)}.`,
    ),
})
