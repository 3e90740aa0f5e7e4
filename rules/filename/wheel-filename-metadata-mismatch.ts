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
  summary: 'The name or version in METADATA does not match the file name.',
  why: 'PyPI rejects the file, and uv refuses to install it.',
  fix: 'Rebuild the wheel instead of renaming it.',
  pypiMessage: "Version in filename should be 'A' not 'B'.",

  bad: { wheel: { metadata: { Version: '1.1' } } },
  good: { wheel: {} },
  check: filenameMismatches,
})
