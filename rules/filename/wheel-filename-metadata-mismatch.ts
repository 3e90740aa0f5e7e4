import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'

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
  *check(wheel) {
    const { name, metadata } = wheel
    // Without a version the file name divides nowhere, which is another rule's.
    if (!name || !metadata || !tryVersion(name.version)) return
    const [named] = metadata.all('Name')
    const [versioned] = metadata.all('Version')
    if (named && canonicalName(named.value.trim()) !== canonicalName(name.name))
      yield finding(named, `The metadata says ${quote(named.value)}; the file name says ${quote(name.name)}.`)
    if (!versioned) return
    const [told, written] = [tryVersion(versioned.value), tryVersion(name.version)]
    if (told && (!written || compareVersions(told, written) !== 0))
      yield finding(
        versioned,
        `The metadata says ${quote(versioned.value)}; the file name says ${quote(name.version)}.`,
      )
  },
})
