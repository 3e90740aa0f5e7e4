import { inFileName } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'sdist-legacy-format',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist is not a .tar.gz file.',
  why: 'PyPI accepts only `{name}-{version}.tar.gz`; other sdist formats are no longer supported. uv also accepts `.zip`.',
  fix: 'Build it with `python -m build --sdist`.',
  pypiMessage: 'Invalid file extension: Use .tar.gz, .whl or .zip extension.',
  bad: [{ sdist: { filename: 'demo-1.0.tgz' } }, { sdist: { filename: 'demo-1.0.zip' } }],
  good: { sdist: {} },
  *check(subject) {
    const suffix = subject.name?.suffix
    if (suffix === undefined || suffix === '.tar.gz') return
    const unread = subject.problems.some(({ kind }) => kind === 'tar-compression')
    yield finding(
      inFileName(subject, suffix, subject.filename.length - suffix.length),
      `The file is a ${suffix} sdist; expected '.tar.gz'.${unread ? ' Its contents were not checked.' : ''}`,
      suffix === '.zip' ? { enforcedBy: ['pypi'] } : {},
    )
  },
})
