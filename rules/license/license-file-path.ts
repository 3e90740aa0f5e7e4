import type { MetadataField } from '../../src/distribution/metadata.js'
import type { Place } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { sinceWords } from '../../src/standards/packaging-differences.js'
import { licensePathProblem } from '../../src/views/licenses.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-file-path',
  topic: 'license',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'License-File is not a plain relative path.',
  why: 'PyPI and twine reject the file; a path that leaves the directory could overwrite other files.',
  fix: project =>
    `Write the path under ${project.key('License-File')} relative to the project's root, with \`/\` between its parts.`,
  byHand: 'No current backend writes such a path.',
  pypiMessage: "'../LICENSE' is invalid for 'license-file', parent directory indicators are not allowed",
  bad: [
    { wheel: { metadata: { 'License-File': '../LICENSE' } }, alsoGives: ['license-file-missing'] },
    { wheel: { metadata: { 'License-File': 'C:LICENSE' } }, alsoGives: ['license-file-missing'] },
  ],
  good: { wheel: { metadata: { 'License-File': 'LICENSE' } } },
  *check({ metadata }) {
    // Below 2.4, the field is a setuptools extension that twine does not upload.
    if (!metadata?.atLeast('2.4')) return
    for (const field of metadata.all('License-File')) {
      const problem = licensePathProblem(field.value)
      if (problem !== undefined) yield finding(wrongPart(field), `License-File ${quote(field.value)} ${problem}.`)
      else if (/^.:/su.test(field.value))
        yield finding(
          field,
          `License-File ${quote(field.value)} starts with a Windows drive letter${sinceWords('26.4')}.`,
          {
            enforcedBy: ['twine', 'packaging'],
          },
        )
    }
  },
})

/** The part that the path must not contain; the whole path where it is not a single part. */
function wrongPart(field: MetadataField): Place {
  const found = /\.\.|\*|^\/|^[A-Za-z]:[\\/]|\\/.exec(field.value)
  return found ? within(field, found[0], found.index) : field
}
