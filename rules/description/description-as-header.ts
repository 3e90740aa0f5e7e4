import { nameOf } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'description-as-header',
  topic: 'description',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Description"',
  url: coreMetadata('description'),
  summary: 'A description of several lines is written as a header.',
  why: 'Header lines must be indented, and twine since 6.1 sends them so: reStructuredText then fails to render, and Markdown becomes one block of code.',
  fix: 'Build with a current version of the build tool: since Metadata 2.1 the description is the body of the file.',
  bad: {
    wheel: {
      metadata: { 'Description-Content-Type': 'text/plain', Description: 'Demo\n        \n        Reads demo files.' },
      description: '',
    },
  },
  good: { wheel: { description: '# Demo\n\nReads demo files.\n' } },
  *check({ metadata }) {
    if (!metadata?.atLeast('2.1') || metadata.description?.from !== 'header') return
    if (!/\n[^\n]*\S/.test(metadata.description.text)) return
    const field = metadata.first('Description')
    yield finding(
      field && { ...nameOf(field), value: undefined },
      `The description is a Description header whose lines are indented, in metadata of version ${metadata.version}.`,
      { subject: 'description' },
    )
  },
})
