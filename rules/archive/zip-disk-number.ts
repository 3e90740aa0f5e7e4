import { rule } from '../../src/rule.js'
import { APPNOTE, memberText, problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'zip-disk-number',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.19',
  url: APPNOTE,
  summary: 'A record says that it belongs to another disk of a split zip archive.',
  why: 'Readers ignore the number or refuse the file. No index or installer accepts a split archive.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage: 'Invalid distribution file. File is not a zipfile',
  bad: [{ wheel: { make: 'zip-disk' } }, { wheel: { make: 'zip-disks' } }],
  good: { wheel: {} },
  *check(subject) {
    for (const problem of problemsOf(subject, 'zip-disk-number')) {
      const { disk, differ } = problem
      const what = problem.member === undefined ? 'The end record' : memberText(problem)
      yield problemFinding(
        problem,
        differ
          ? `The end record states two disks, one of them ${disk}. Python does not recognize such a file as a zip.`
          : `${what} states disk ${disk}. Expected 0, as in every zip of one file.`,
        differ ? { severity: 'error' } : { enforcedBy: [] },
      )
    }
  },
})
