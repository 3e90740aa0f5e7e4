import { hidesMembers } from '../../src/archive/unread.js'
import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'
import { endsTar, isUnread } from '../shared/tar-unread.js'
import { commonPath } from './_names.js'

export default rule({
  id: 'sdist-no-pkg-info',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'PKG-INFO is missing from the top-level directory, or is not a regular file.',
  why: 'PyPI rejects the sdist, and tools cannot read the metadata without building it.',
  fix: 'Build the sdist with a build backend, which writes PKG-INFO.',
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
        `Python's tarfile stops reading at the broken header at offset ${lost.offset} of the tar archive, before ${quote(wanted)}.`,
        { enforcedBy: ['pypi', 'twine'] },
      )
      return
    }
    if (found?.type === 'file') return
    if (found) {
      yield finding({ member: wanted }, `${quote(wanted)} is not a regular file, and twine reads only regular files.`, {
        enforcedBy: ['twine'],
      })
      return
    }
    // It may be after that end.
    const end = subject.problems.find(problem => endsTar(problem) && hidesMembers(problem))
    if (end) {
      yield finding(
        { offset: end.offset },
        `Python's tarfile stops reading at offset ${end.offset} of the tar archive, before ${quote(wanted)}.`,
        { enforcedBy: ['pypi', 'twine'] },
      )
      return
    }
    const dotted = subject.members.has(`./${wanted}`)
    yield finding(
      undefined,
      dotted
        ? `Paths start with './', but PyPI looks for exactly ${quote(wanted)}.`
        : `The sdist does not contain ${quote(wanted)}.`,
      dotted
        ? {
            help: "Write the paths without './', as `tar` does when its argument is the directory instead of `.`.",
            // pip takes './' as the top-level directory, and looks for pyproject.toml below it.
            enforcedBy: ['pypi', 'twine', 'pip'],
          }
        : { enforcedBy: ['pypi', 'twine'] },
    )
  },
})
