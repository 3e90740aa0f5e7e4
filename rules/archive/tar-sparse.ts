import { rule } from '../../src/rule.js'
import { PYPI_UPLOAD } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-sparse',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'twine', 'pip', 'uv'],
  force: 'none',
  source: 'PyPI upload, sdist checks',
  url: PYPI_UPLOAD,
  summary: 'A member is sparse.',
  why: 'PyPI has rejected sparse members since August 2026, and uv refuses them too.',
  fix: 'Write the archive without the option --sparse (-S) of tar.',
  pypiMessage: 'Invalid distribution file. tar archive not accepted: Sparse members are not allowed.',
  bad: [{ sdist: { make: 'tar-sparse-gnu' } }, { sdist: { make: 'tar-sparse-pax' } }],
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['tar-sparse'],
      problem =>
        `${memberText(problem)} is a sparse member (${problem.by === 'pax' ? 'GNU.sparse records' : 'type S'}).`,
      // At malformed numbers Python fails before PyPI checks.
      ({ broken }) => (broken ? ['pypi-crash', 'twine', 'pip', 'uv'] : ['pypi', 'uv']),
    ),
})
