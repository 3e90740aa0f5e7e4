import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems } from './_problems.js'

export default rule({
  id: 'zip-several-archives',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.6',
  url: APPNOTE,
  summary: 'The file holds more than one zip archive, one after the other or one in the comment of the other.',
  why: 'Which of them a reader opens depends on the side it begins from: pip takes the last, uv the first. Readers that go through the file and readers that go by the directory see two different packages, so what a scanner checked is not what is installed.',
  fix: 'Build the file again, into a new file: appending to an old one makes this.',
  pypiMessage: 'ZIP archive not accepted: Trailing data. See https://docs.pypi.org/archives for more information',
  securitySeverity: 8.5,
  bad: { wheel: { make: 'zip-twice' }, alsoGives: ['zip-duplicate-name', 'zip-end-record-mismatch'] },
  good: { wheel: { make: 'zip-comment' } },
  check: subject =>
    fromProblems(subject, ['zip-second-end', 'zip-comment-holds-zip'], problem =>
      problem.kind === 'zip-comment-holds-zip'
        ? `The comment of the end record at offset ${problem.offset} holds another zip archive, with its own end record at offset ${problem.used}.`
        : `There is a second end record at offset ${problem.offset}; the one in use is at offset ${problem.used}.`,
    ),
})
