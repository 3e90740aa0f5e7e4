import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, fromAll, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-data-descriptor-wrong',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.9',
  url: APPNOTE,
  summary:
    'A data descriptor is missing, contradicts the central directory, or stands where flag bit 3 does not announce it.',
  why: 'Readers that go through the file take another size for the member, or lose their place; PyPI and uv refuse it.',
  fix: 'Write the archive again, to a file that allows seeking.',
  pypiMessage:
    'ZIP archive not accepted: Unknown record signature. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: { wheel: { make: 'zip-described-wrong' }, alsoGives: ['zip-data-descriptor'] },
  good: { wheel: {} },
  *check(subject) {
    yield* fromProblems(subject, ['zip-data-descriptor-mismatch'], problem =>
      problem.missing
        ? `${memberText(problem)} has flag bit 3 but no data descriptor at offset ${problem.offset} after its content.`
        : `The data descriptor of ${memberText(problem)} at offset ${problem.offset} states other values than the central directory.`,
    )
    yield* fromAll(
      subject,
      'zip-data-descriptor-unflagged',
      (first, count) =>
        `${plural(count, 'data descriptor')} that flag bit 3 does not announce ${count === 1 ? 'stands' : 'stand'} in the file, the first at offset ${first.offset}.`,
    )
  },
})
