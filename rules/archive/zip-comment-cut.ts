import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, byWalk, fromProblems } from './_problems.js'

export default rule({
  id: 'zip-comment-cut',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.16',
  url: APPNOTE,
  summary: 'The archive comment is shorter than the end record says.',
  why: 'PyPI rejects the file as malformed, and uv refuses it.',
  fix: 'Rebuild the file, and do not let another tool truncate it.',
  pypiMessage: 'ZIP archive not accepted: Malformed zip file. See https://docs.pypi.org/archives for more information',
  bad: { wheel: { make: 'zip-comment-cut' } },
  good: { wheel: { make: 'zip-comment' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-comment-cut'],
      problem =>
        `The end record states a comment of ${plural(problem.stated, 'byte')}, but only ${plural(problem.bytes, 'byte')} follow.`,
      () => byWalk(subject, 'uv'),
    ),
})
