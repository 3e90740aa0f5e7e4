import { finding, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'sdist-not-gzip',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'A file named .tar.gz is not compressed with gzip.',
  why: 'PyPI, twine, pip and uv open it as gzip and reject it.',
  fix: 'Compress the file with gzip, as `python -m build --sdist` does.',
  pypiMessage: 'Invalid distribution file. File is not a tarfile',
  bad: [{ sdist: { make: 'gzip-none' } }, { sdist: { make: 'gzip-is-bzip2' } }],
  good: { sdist: {} },
  *check(subject) {
    if (!/\.(?:tar\.gz|tgz)$/.test(subject.filename)) return
    const { archive, problems } = subject
    const other = problems.find(problem => problem.kind === 'tar-compression')
    if (other) yield finding({ offset: 0 }, `The file is compressed with ${other.compression}, not with gzip.`)
    else if (archive.tar !== undefined && archive.gzip === undefined)
      yield finding({ offset: 0 }, 'The file is an uncompressed tar archive; expected gzip.')
  },
})
