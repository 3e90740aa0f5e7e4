import type { Metadata } from '../../src/distribution/metadata.js'
import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

/** twine takes a file as metadata if these bytes appear anywhere in it. */
function isSeenByTwine({ fields, body }: Metadata): boolean {
  const mark = 'Metadata-Version'
  return body.text.includes(mark) || fields.some(({ writtenName, value }) => `${writtenName}: ${value}`.includes(mark))
}

export default rule({
  id: 'metadata-version-missing',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Metadata-Version"',
  url: coreMetadata('metadata-version'),
  summary: 'Metadata-Version is missing.',
  why: 'The field is required: without it, twine does not even recognize the file as metadata, and PyPI rejects it.',
  fix: 'Let the build backend write the metadata, or add the field as the first line.',
  pypiMessage:
    "None is not a valid metadata version / No METADATA in archive or METADATA missing 'Metadata-Version' / No PKG-INFO in archive or PKG-INFO missing 'Metadata-Version'",
  bad: { wheel: { metadata: { 'Metadata-Version': null } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null } } },
  *check({ metadata }) {
    if (!metadata || metadata.fields.length === 0) return
    const found = metadata.first('Metadata-Version')
    if (found) {
      if (!isSeenByTwine(metadata))
        yield finding(
          nameOf(found),
          `The field is spelled ${quote(found.writtenName)}; twine looks for exactly 'Metadata-Version'.`,
          { enforcedBy: ['twine'] },
        )
      return
    }
    const first = metadata.fields[0]
    yield finding(
      { member: metadata.member, line: first?.line ?? 1, field: 'Metadata-Version' },
      `${metadata.member} does not have a Metadata-Version; it starts with ${first?.writtenName ?? 'nothing'}.`,
    )
  },
})
