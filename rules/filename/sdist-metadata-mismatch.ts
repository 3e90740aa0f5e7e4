import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'

export default rule({
  id: 'sdist-metadata-mismatch',
  topic: 'filename',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file name"',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'Name or version of PKG-INFO are not those of the file name.',
  why: 'PyPI refuses the file, and installers refuse what it builds.',
  fix: 'Build the sdist again instead of renaming it.',
  pypiMessage: "Start filename for 'P' with 'p_n'.",

  bad: { sdist: { metadata: { Version: '1.1' } }, alsoGives: ['pyproject-static-not-honoured'] },
  good: { sdist: {} },
  *check(sdist) {
    const { name, metadata } = sdist
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
