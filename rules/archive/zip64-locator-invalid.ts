import { rule } from '../../src/rule.js'
import { APPNOTE, byEnd, fromProblems } from './_problems.js'

export default rule({
  id: 'zip64-locator-invalid',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.15',
  url: APPNOTE,
  summary: 'The zip64 locator does not point to the zip64 end record.',
  why: 'Readers that follow it find another directory or none. uv and Python 3.14.1 and later refuse the file.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage: 'Invalid distribution file. None',
  securitySeverity: 6.5,
  bad: [{ wheel: { make: 'zip64-locator' } }, { wheel: { make: 'zip64-locator-disk' } }],
  good: { wheel: { make: 'zip64-end' } },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['zip64-locator'],
      problem =>
        problem.stated === undefined
          ? 'The end record refers to a zip64 end record, but there is no zip64 locator.'
          : `The zip64 locator points to offset ${problem.stated}. Expected ${problem.actual ?? 'no zip64 end record'}.`,
      () => byEnd(subject, 'uv'),
    )
    yield* fromProblems(
      subject,
      ['zip64-locator-disk'],
      ({ disk, disks }) =>
        `The zip64 locator states disk ${disk} of ${disks}. Expected 0 of 1, as in every zip of one file.`,
      () => ['pypi', 'twine', 'pip'],
    )
  },
})
