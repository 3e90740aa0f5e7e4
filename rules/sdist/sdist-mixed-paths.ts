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
  summary: 'The sdist contains both absolute and relative paths.',
  why: 'Python cannot compare them: twine fails with a ValueError, and PyPI responds with HTTP 500.',
  fix: 'Rebuild the sdist with relative paths only, for example with `python -m build --sdist`.',
  bad: { sdist: { make: 'sdist-one-absolute' }, alsoGives: ['path-absolute'] },
  good: { sdist: {} },
  *check(subject) {
    if (!commonPath(subject).mixed) return
    const absolute = subject.members.list.find(({ path }) => path.startsWith('/'))
    if (absolute)
      yield finding(
        { member: absolute.path, offset: absolute.offset },
        `The path ${quote(absolute.path)} is absolute, but others are relative.`,
      )
  },
})
