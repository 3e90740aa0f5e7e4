import { finding, quote, rule } from '../../src/rule.js'
import { PYPI_UPLOAD } from '../shared/tar.js'
import { commonPath } from './_names.js'

export default rule({
  id: 'sdist-mixed-paths',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi-crash', 'twine'],
  force: 'none',
  source: 'PyPI upload, sdist checks',
  url: PYPI_UPLOAD,
  summary: 'Absolute and relative names are mixed.',
  why: 'Python cannot compare them: twine stops with a ValueError, and PyPI answers with HTTP 500.',
  fix: 'Write relative names only.',
  bad: { sdist: { make: 'sdist-one-absolute' }, alsoGives: ['path-absolute'] },
  good: { sdist: {} },
  *check(subject) {
    if (!commonPath(subject).mixed) return
    const absolute = subject.members.list.find(({ path }) => path.startsWith('/'))
    if (absolute)
      yield finding({ member: absolute.path }, `The name ${quote(absolute.path)} is absolute and others are not.`)
  },
})
