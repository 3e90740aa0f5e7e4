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
  summary: 'The release contains more than one sdist.',
  why: 'PyPI accepts one sdist per release and rejects the second, after other files have already been uploaded.',
  fix: 'Upload only one sdist, the `.tar.gz` file.',
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
        message: `The release contains two sdists, ${first.filename} and ${other.filename}; PyPI accepts only one.`,
        related: [{ path: first.path, field: 'files', message: `other sdist ${first.filename}` }],
        subject: 'sdist',
      }
    }
  },
})
