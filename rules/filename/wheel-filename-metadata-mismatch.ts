import { rule } from '../../src/rule.js'
import { filenameMismatches } from './_mismatch.js'

export default rule({
  id: 'wheel-filename-metadata-mismatch',
  topic: 'filename',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "File name convention"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'Name or version of the metadata are not those of the file name.',
  why: 'PyPI refuses the file, and uv refuses to install it.',
  fix: 'Build the wheel again instead of renaming it.',
  pypiMessage: "Version in filename should be 'A' not 'B'.",

  bad: { wheel: { metadata: { Version: '1.1' } } },
  good: { wheel: {} },
  check: filenameMismatches,
})
