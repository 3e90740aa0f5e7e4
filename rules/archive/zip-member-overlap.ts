import { quote, rule } from '../../src/rule.js'
import {
  APPNOTE,
  byReading,
  byUvWalk,
  byWalk,
  enforcement,
  fromProblems,
  memberText,
  problemFinding,
  problemsOf,
  uvUnpacks,
} from './_problems.js'

export default rule({
  id: 'zip-member-overlap',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.1',
  url: APPNOTE,
  summary: 'Two members share the same bytes.',
  why: 'This way a small file can unpack to a huge one, and readers disagree on what the members contain. uv, PyPI and recent versions of Python refuse it.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage:
    'ZIP archive not accepted: Missing filename in local headers. See https://docs.pypi.org/archives for more information',
  securitySeverity: 7.5,
  bad: [
    { wheel: { make: 'zip-overlap' }, alsoGives: ['zip-local-name-mismatch'] },
    {
      wheel: { make: 'zip-overlap-outside' },
      alsoGives: ['record-path-invalid', 'path-traversal', 'zip-crc', 'zip-local-name-mismatch'],
    },
  ],
  good: { wheel: {} },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['zip-overlap'],
      problem =>
        `${memberText(problem)} at offset ${problem.offset} overlaps ${problem.other === undefined ? 'the central directory' : quote(problem.other)}.`,
      () => byWalk(subject, ...byUvWalk(subject)),
    )
    for (const problem of problemsOf(subject, 'zip-runs-into-next')) {
      const reading = byReading(subject, problem, 'bad-zip').filter(who => who !== 'pip')
      yield problemFinding(
        problem,
        `The content of ${memberText(problem)} extends past offset ${problem.next}, where the next record starts.`,
        {
          ...enforcement(uvUnpacks(problem) ? [...reading, ...byUvWalk(subject)] : reading),
          subject: `${problem.member} next`,
        },
      )
    }
  },
})
