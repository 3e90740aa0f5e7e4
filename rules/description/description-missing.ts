import { finding, rule } from '../../src/rule.js'
import { emptyReadme } from '../../src/views/readme.js'
import { coreMetadata } from '../shared/specifications.js'
import { readmeSetting } from './_advice.js'

export default rule({
  id: 'description-missing',
  topic: 'description',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Description"',
  url: coreMetadata('description'),
  summary: 'The description is missing.',
  why: 'The project page on the index is empty: PyPI shows "The author of this package has not provided a project description".',
  fix: project => `Set ${readmeSetting(project)}, and write the text into that file.`,
  bad: { wheel: { metadata: { 'Description-Content-Type': null }, description: '' } },
  good: { wheel: { description: '# Demo\n' } },
  misses: ['Description'],
  *check(subject) {
    const { metadata } = subject
    if (!metadata || metadata.description || metadata.fields.length === 0 || metadata.cut) return
    // description-blank reports it.
    if (emptyReadme(subject)) return
    yield finding(
      { member: metadata.member, line: 1, field: 'Description' },
      `${metadata.member} does not have a description.`,
    )
  },
})
