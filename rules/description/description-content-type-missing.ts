import { finding, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'
import { typeSetting } from './_advice.js'
import { countMarkup, isMarkdown } from './_markup.js'
import { givenDescription } from './_place.js'

export default rule({
  id: 'description-content-type-missing',
  topic: 'description',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Description-Content-Type"',
  url: coreMetadata('description-content-type'),
  summary: 'Description-Content-Type is missing.',
  why: 'The description is then read as reStructuredText: Markdown and plain text are displayed incorrectly, or PyPI rejects them.',
  fix: project => `${typeSetting(project)}.`,
  needs: ['rendering'],
  bad: [
    { wheel: { metadata: { 'Description-Content-Type': null }, description: 'Reads demo files.\n' } },
    {
      wheel: {
        metadata: { 'Description-Content-Type': null },
        description: '# Demo\n\nReads [demo files](https://ann-author.dev/demo).\n\n## Usage\n\nRead them.\n',
      },
    },
    {
      wheel: { metadata: { 'Description-Content-Type': null }, description: 'Demo\n====\n\n.. automodule:: demo\n' },
      alsoGives: ['description-rst-invalid'],
    },
  ],
  good: { wheel: { metadata: { 'Description-Content-Type': 'text/x-rst' }, description: 'Reads demo files.\n' } },
  misses: ['Description-Content-Type'],
  *check({ metadata, rendering }) {
    const description = givenDescription(metadata)
    if (!metadata || !description || metadata.value('Description-Content-Type') !== undefined) return
    // It is reStructuredText where only the indentation of a header breaks it.
    const fails = rendering?.outcome === 'failed' && !rendering.okIfDedented
    const markdown = isMarkdown(countMarkup(description.text))
    const reading = fails ? ', and does not render' : markdown ? ', but it looks like Markdown' : ''
    yield finding(
      { member: metadata.member, line: 1, field: 'Description-Content-Type' },
      `Description-Content-Type is missing, so the description is read as reStructuredText${reading}.`,
      fails || markdown ? { severity: 'warning' } : undefined,
    )
  },
})
