import { inFileName, ofFileName } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'

export default rule({
  id: 'sdist-filename-invalid',
  topic: 'filename',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file name"',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'The file name is not a valid sdist name.',
  why: 'PyPI rejects the file, and installers ignore it.',
  fix: 'Name the file `{name}-{version}.tar.gz`, as build backends do.',
  pypiMessage: 'Invalid source distribution filename: F',

  bad: { sdist: { filename: 'demo-1.0x.tar.gz' } },
  good: { sdist: {} },
  *check(sdist) {
    const { name } = sdist
    if (!name) yield finding(ofFileName(sdist), 'The file name is not of the form {name}-{version}.tar.gz.')
    else if (name.name === '' || !tryVersion(name.version))
      yield finding(
        inFileName(sdist, name.version, name.name.length + 1),
        `${quote(name.version)}, the text after the last hyphen, is not a valid version.`,
      )
  },
})
