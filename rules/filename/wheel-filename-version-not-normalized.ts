import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { namePlace } from '../../src/views/tags.js'

export default rule({
  id: 'wheel-filename-version-not-normalized',
  topic: 'filename',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "File name convention"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The version in the file name is not normalized.',
  why: 'Installers parse versions and accept it, but tools that compare file names do not find the file.',
  fix: 'Build with a recent backend.',

  bad: { wheel: { filename: 'demo-v1.0-py3-none-any.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    const { name } = wheel
    const expected = name && tryVersion(name.version)?.toString()
    if (name && expected !== undefined && name.version !== expected)
      yield finding(
        namePlace(wheel, 'version'),
        `The file name contains the version ${quote(name.version)}. Expected ${quote(expected)}.`,
        {
          subject: 'version',
        },
      )
  },
})
