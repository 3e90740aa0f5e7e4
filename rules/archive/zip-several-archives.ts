import { rule } from '../../src/rule.js'
import { APPNOTE, byWalk, fromProblems } from './_problems.js'

export default rule({
  id: 'zip-several-archives',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.6',
  url: APPNOTE,
  summary: 'The file contains several zip archives: one after another, or one in the comment of another.',
  why: 'Which one a reader opens depends on where it starts: pip uses the last, uv the first. Readers that scan the file and readers that use the directory see two different packages, so what a scanner checked is not what is installed.',
  fix: 'Rebuild into a new file. Appending to an old file causes this.',
  pypiMessage: 'ZIP archive not accepted: Trailing data. See https://docs.pypi.org/archives for more information',
  securitySeverity: 8.5,
  bad: [
    { wheel: { make: 'zip-twice' }, alsoGives: ['zip-duplicate-name', 'zip-end-record-mismatch'] },
    { wheel: { make: 'zip-comment-end' }, alsoGives: ['zip-comment-binary'] },
  ],
  good: { wheel: { make: 'zip-comment' } },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['zip-second-end', 'zip-comment-holds-zip'],
      problem =>
        problem.kind === 'zip-comment-holds-zip'
          ? `The comment of the end record at offset ${problem.offset} contains another zip archive, with its own end record at offset ${problem.used}.`
          : `There is a second end record at offset ${problem.offset}. The one in use is at offset ${problem.used}.`,
      () => byWalk(subject, 'uv'),
    )
    yield* fromProblems(
      subject,
      ['zip-end-shadowed'],
      problem =>
        `The end record at offset ${problem.offset} is truncated, but Python and uv use it instead of the one at offset ${problem.used}.`,
      () => ['pypi', 'twine', 'pip', 'uv'],
    )
  },
})
