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
  summary: 'The file holds more than one zip archive, one after the other or one in the comment of the other.',
  why: 'Which of them a reader opens depends on the side it begins from: pip takes the last, uv the first. Readers that go through the file and readers that go by the directory see two different packages, so what a scanner checked is not what is installed.',
  fix: 'Build the file again, into a new file: appending to an old one makes this.',
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
          ? `The comment of the end record at offset ${problem.offset} holds another zip archive, with its own end record at offset ${problem.used}.`
          : `There is a second end record at offset ${problem.offset}; the one in use is at offset ${problem.used}.`,
      () => byWalk(subject, 'uv'),
    )
    yield* fromProblems(
      subject,
      ['zip-end-shadowed'],
      problem =>
        `An end record begins at offset ${problem.offset} and is cut; Python and uv take it for that of the archive, not the one at offset ${problem.used}.`,
      () => ['pypi', 'twine', 'pip', 'uv'],
    )
  },
})
