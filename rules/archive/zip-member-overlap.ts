import { quote, rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-member-overlap',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.1',
  url: APPNOTE,
  summary: 'Two members share bytes of the file.',
  why: 'A small file can so unpack to a huge one, and readers disagree about what the members hold. uv, PyPI and recent Pythons refuse it.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  pypiMessage:
    'ZIP archive not accepted: Missing filename in local headers. See https://docs.pypi.org/archives for more information',
  securitySeverity: 7.5,
  bad: { wheel: { make: 'zip-overlap' }, alsoGives: ['zip-local-name-mismatch'] },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-overlap'],
      problem =>
        `${memberText(problem)} at offset ${problem.offset} overlaps ${problem.other === undefined ? 'the central directory' : quote(problem.other)}; its content was not read.`,
    ),
})
