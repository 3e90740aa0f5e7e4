import { rule } from '../../src/rule.js'
import { filenameMismatches } from './_mismatch.js'

export default rule({
  id: 'sdist-metadata-mismatch',
  topic: 'filename',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file name"',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'The name or version in PKG-INFO does not match the file name.',
  why: 'PyPI rejects the file, and installers refuse to install what is built from it.',
  fix: 'Rebuild the sdist instead of renaming it.',
  pypiMessage: "Start filename for 'P' with 'p_n'.",

  bad: { sdist: { metadata: { Version: '1.1' } }, alsoGives: ['pyproject-static-not-honored'] },
  good: { sdist: {} },
  check: filenameMismatches,
})
