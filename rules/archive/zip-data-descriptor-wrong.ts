import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, byWalk, fromAll, fromProblems, memberText, uvUnpacks } from './_problems.js'

const FAULTS = {
  missing: 'is missing, although flag bit 3 announces it',
  other: 'has different values than the central directory',
  width: 'has sizes of a different width than the zip64 field in the local header requires',
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
  summary: 'A data descriptor is missing, contradicts the central directory, or is not announced by flag bit 3.',
  why: 'Readers that scan the file see another size for the member, or lose their place. PyPI and uv refuse the file.',
  fix: 'Write the archive again, to a file that supports seeking.',
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
      // uv passes over that of a member which it does not unpack.
      problem => (uvUnpacks(problem) || !problem.passed ? byWalk(subject, 'uv') : byWalk(subject)),
    )
    yield* fromAll(
      subject,
      'zip-data-descriptor-unflagged',
      (first, count) =>
        `The file contains ${plural(count, 'data descriptor')} that flag bit 3 does not announce, the first at offset ${first.offset}.`,
      () => byWalk(subject, 'uv'),
    )
  },
})
