import { hidesMembers } from '../../src/archive/unread.js'
import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'
import { commonPath } from './_names.js'
import { endsTar, isUnread } from './_unread.js'

export default rule({
  id: 'sdist-no-pkg-info',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'PKG-INFO is not in the top-level directory, or no regular file.',
  why: 'PyPI refuses the sdist, and tools have no metadata without building.',
  fix: 'Build the sdist with a build backend; it writes PKG-INFO.',
  pypiMessage:
    'Invalid distribution file. PKG-INFO not found at demo-1.0/PKG-INFO / No PKG-INFO in archive / PKG-INFO is not a regular file',
  bad: [
    { sdist: { files: { '{top}/PKG-INFO': null } } },
    { sdist: { make: 'sdist-dot-names' }, alsoGives: ['license-file-missing'] },
    { sdist: { make: 'sdist-only-pkg-info' }, alsoGives: ['license-file-missing', 'sdist-no-pyproject'] },
  ],
  good: { sdist: {} },
  *check(subject) {
    const { path, mixed } = commonPath(subject)
    if (path === '' || mixed || isUnread(subject)) return
    const wanted = `${path}/PKG-INFO`
    const found = subject.members.get(wanted) ?? subject.members.get(`${wanted}/`)
    const lost = found && subject.problems.find(problem => endsTar(problem) && (problem.offset ?? 0) <= found.offset)
    if (lost) {
      yield finding(
        { member: wanted, offset: lost.offset },
        `Python's tarfile ends at the broken header at offset ${lost.offset} of the tar and does not see ${quote(wanted)}.`,
        { enforcedBy: ['pypi', 'twine'] },
      )
      return
    }
    if (found?.type === 'file') return
    if (found) {
      yield finding({ member: wanted }, `${quote(wanted)} is no regular file, and twine reads no other.`, {
        enforcedBy: ['twine'],
      })
      return
    }
    // Behind that end it may be after all.
    const end = subject.problems.find(problem => endsTar(problem) && hidesMembers(problem))
    if (end) {
      yield finding(
        { offset: end.offset },
        `Python's tarfile ends at offset ${end.offset} of the tar, and has seen no ${quote(wanted)} up to there.`,
        { enforcedBy: ['pypi', 'twine'] },
      )
      return
    }
    const dotted = subject.members.has(`./${wanted}`)
    yield finding(
      undefined,
      dotted
        ? `Names begin with './', and PyPI looks for ${quote(wanted)} exactly.`
        : `There is no ${quote(wanted)} in the sdist.`,
      dotted
        ? {
            help: "Write the names without './', as `tar` does when it is given the directory and not `.`.",
            // pip looks for pyproject.toml without the directory that it takes './' for.
            enforcedBy: ['pypi', 'twine', 'pip'],
          }
        : { enforcedBy: ['pypi', 'twine'] },
    )
  },
})
