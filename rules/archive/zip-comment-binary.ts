import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems } from './_problems.js'

export default rule({
  id: 'zip-comment-binary',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'uv, streamed zip reader',
  url: APPNOTE,
  summary: 'The archive comment contains bytes that can start a zip record.',
  why: 'uv refuses such a file, because an archive can be hidden in the comment.',
  fix: 'Write the archive comment in plain text, or remove it.',
  securitySeverity: 3.0,
  bad: { wheel: { make: 'zip-comment-binary' } },
  good: { wheel: { make: 'zip-comment' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-comment-binary'],
      problem =>
        `The archive comment contains the byte 0x0${problem.byte}. uv refuses a comment with any of the bytes 0x01 to 0x08.`,
    ),
})
