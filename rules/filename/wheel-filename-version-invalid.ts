import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { namePlace } from '../../src/views/tags.js'

export default rule({
  id: 'wheel-filename-version-invalid',
  topic: 'filename',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "File name convention"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The file name contains an invalid version.',
  why: 'PyPI rejects the file, and installers ignore it.',
  fix: 'Use a version that follows the version specifiers specification (PEP 440).',
  pypiMessage: 'Invalid wheel filename (invalid version)',

  bad: { wheel: { filename: 'demo-1.0x-py3-none-any.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    if (wheel.name && !tryVersion(wheel.name.version))
      yield finding(
        namePlace(wheel, 'version', { field: 'Version' }),
        `${quote(wheel.name.version)} is not a valid version.`,
      )
  },
})
