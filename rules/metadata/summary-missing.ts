import { finding, rule } from '../../src/rule.js'
import { isGiven, isPlaceholder } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'summary-missing',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Summary"',
  url: coreMetadata('summary'),
  summary: 'Summary is missing.',
  why: 'Search results and the top of the project page say nothing about the project.',
  fix: project => `Set ${project.key('Summary')} to one line.`,
  bad: [{ wheel: { metadata: { Summary: null } } }, { wheel: { metadata: { Summary: '' } } }],
  good: { wheel: { metadata: { Summary: 'Reads demo files' } } },
  misses: ['Summary'],
  *check({ metadata }) {
    if (!metadata || metadata.fields.length === 0) return
    const field = metadata.first('Summary')
    if (isGiven(field)) return
    yield finding(
      field ?? { member: metadata.member, line: 1, field: 'Summary' },
      isPlaceholder(metadata.first('Summary')?.value ?? '')
        ? "Summary is 'UNKNOWN', which old versions of setuptools write where there is none."
        : field
          ? 'Summary is empty.'
          : `${metadata.member} does not have a Summary.`,
    )
  },
})
