import { ofFileName } from '../../src/place.js'
import { rule } from '../../src/rule.js'

export default rule({
  id: 'set-duplicate-sdist',
  topic: 'release',
  severity: 'error',
  applies: ['release'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'PyPI upload (warehouse); PEP 625',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'There is more than one sdist of the release.',
  why: 'PyPI takes one sdist a release and refuses the second, when some files are already up.',
  fix: 'Upload one sdist, the `.tar.gz`.',
  pypiMessage: 'Only one sdist may be uploaded per release.',
  bad: {
    release: [{ sdist: {} }, { sdist: { filename: 'demo-1.0.zip' } }],
    alsoGives: ['sdist-legacy-format'],
  },
  good: { release: [{ sdist: {} }, { wheel: {} }] },
  *check({ sdists }) {
    const [first, ...others] = sdists
    for (const other of others) {
      // The same file from two folders is uploaded once.
      if (!first || (other.sha256 === first.sha256 && other.filename === first.filename)) continue
      yield {
        path: other.path,
        at: { ...ofFileName(other), field: 'files', value: other.filename },
        message: `${other.filename} is a second sdist of the release, beside ${first.filename}; PyPI takes one.`,
        related: [{ path: first.path, field: 'files', message: `${first.filename} is the other one.` }],
        subject: 'sdist',
      }
    }
  },
})
