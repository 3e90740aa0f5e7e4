import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, byWalk, fromAll, fromProblems, memberText } from './_problems.js'

const FAULTS = {
  missing: 'is missing, though flag bit 3 announces it',
  other: 'states other values than the central directory',
  width: 'has sizes of another width than the zip64 field in its local header, or its absence, asks for',
}

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
    yield* fromProblems(
      subject,
      ['zip-data-descriptor-mismatch'],
      problem => `The data descriptor of ${memberText(problem)} at offset ${problem.offset} ${FAULTS[problem.fault]}.`,
      () => byWalk(subject, 'uv'),
    )
    yield* fromAll(
      subject,
      'zip-data-descriptor-unflagged',
      (first, count) =>
        `${plural(count, 'data descriptor')} that flag bit 3 does not announce ${count === 1 ? 'stands' : 'stand'} in the file, the first at offset ${first.offset}.`,
      () => byWalk(subject, 'uv'),
    )
  },
})
