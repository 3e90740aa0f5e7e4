import { inFileName } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'
import { fileNamePart } from '../../src/views/dist-info.js'

export default rule({
  id: 'sdist-filename-not-normalized',
  topic: 'filename',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file name"',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'The file name of the sdist is not normalized.',
  why: 'PyPI rejects such files (PEP 625): it compares the name with the one expected from the metadata.',
  fix: 'Build with a recent backend: setuptools 69.3, hatchling, flit and poetry-core write normalized names.',
  pypiMessage: "Filename 'F' is invalid, should be 'G'.",

  bad: [{ sdist: { filename: 'Demo-1.0.tar.gz' } }, { sdist: { filename: 'demo-1.0.0.tar.gz' } }],
  good: { sdist: {} },
  *check(sdist) {
    const { name, metadata } = sdist
    if (name?.suffix !== '.tar.gz') return
    const written = tryVersion(name.version)
    const told = tryVersion(metadata?.value('Version') ?? name.version)
    if (!written || !told || compareVersions(written, told) !== 0) return
    const project = metadata?.value('Name')?.trim() ?? name.name
    if (canonicalName(project) !== canonicalName(name.name)) return
    const expected = `${fileNamePart(project)}-${told}.tar.gz`
    if (sdist.filename !== expected)
      yield finding(
        name.name === fileNamePart(project)
          ? inFileName(sdist, name.version, name.name.length + 1)
          : inFileName(sdist, name.name, 0),
        `The file name is ${quote(sdist.filename)}. Expected ${quote(expected)}.`,
        {
          subject: 'filename',
        },
      )
  },
})
