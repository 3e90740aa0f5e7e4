import { finding, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'
import { givenDescription } from './_place.js'

export default rule({
  id: 'description-content-type-missing',
  topic: 'description',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Description-Content-Type"',
  url: coreMetadata('description-content-type'),
  summary: 'The description has no Description-Content-Type.',
  why: 'It is read as reStructuredText: Markdown and plain text are then shown wrong, or the upload is refused.',
  fix: 'Give `readme` a file name with the suffix .md, .rst or .txt, or a table with `content-type`.',
  bad: { wheel: { metadata: { 'Description-Content-Type': null }, description: 'Reads demo files.\n' } },
  good: { wheel: { metadata: { 'Description-Content-Type': 'text/x-rst' }, description: 'Reads demo files.\n' } },
  *check({ metadata }) {
    if (!metadata || !givenDescription(metadata) || metadata.value('Description-Content-Type') !== undefined) return
    yield finding(
      { member: metadata.member, line: 1, field: 'Description-Content-Type' },
      'There is a description but no Description-Content-Type, so it is read as reStructuredText.',
    )
  },
})
