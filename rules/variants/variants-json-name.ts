import { parseVariantsName } from '../../src/distribution/filename.js'
import type { Place } from '../../src/finding.js'
import { inFileName, ofFileName } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { fileNamePart, normalVersion } from '../../src/views/dist-info.js'
import { indexExample, PEP_825, pep825, V3 } from './_variants.js'

const TEXT = pep825({ x86_64_v3: V3 })

/** The name that the file should have; undefined where the project or the version is unknown. */
function wanted(filename: string): string | undefined {
  const name = parseVariantsName(filename)
  if (!name || !tryVersion(name.version) || !/^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$/i.test(name.name)) return undefined
  return `${fileNamePart(name.name)}-${normalVersion(name.version)}-variants.json`
}

export default rule({
  id: 'variants-json-name',
  topic: 'variants',
  severity: 'error',
  applies: ['variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 (draft), "Index-level metadata"',
  url: PEP_825,
  summary: 'The name of an index-level variants file is not a normalized `{name}-{version}-variants.json`.',
  why: 'Tools look for the file by its name, and do not find it.',
  breaks: 'Installers do not find the file, so they do not select a variant.',
  fix: 'Name the file like the wheels: with normalized project and version, and `_` instead of `-`.',
  bad: [
    indexExample(TEXT, 'Demo-1.0-variants.json'),
    indexExample(TEXT, 'demo-v1.0-variants.json'),
    indexExample(TEXT, 'demo-variants.json'),
  ],
  good: indexExample(TEXT),
  *check(file) {
    const { filename } = file
    const expected = wanted(filename)
    if (expected === filename) return
    yield finding(
      { ...wrongPart(file, expected), field: 'variants' },
      expected === undefined
        ? `The file name ${quote(filename)} is not of the form {name}-{version}-variants.json.`
        : `The file name is ${quote(filename)}. Expected ${quote(expected)}.`,
      { subject: 'name' },
    )
  },
})

/** The name or the version, whichever differs; all of it where the form is wrong. */
function wrongPart(file: { readonly filename: string }, expected: string | undefined): Place {
  const [found, wanted] = [parseVariantsName(file.filename), expected && parseVariantsName(expected)]
  if (!found || !wanted) return ofFileName(file)
  return found.name === wanted.name
    ? inFileName(file, found.version, found.name.length + 1)
    : inFileName(file, found.name, 0)
}
