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
  summary: 'A multi-line description is written as a header.',
  why: 'The lines of a header must be indented, and twine 6.1 and later uploads them that way: reStructuredText then fails to render, and Markdown becomes one code block.',
  fix: 'Build with a current version of the build backend: since Metadata 2.1, the description is the body of the file.',
  needs: ['rendering'],
  bad: [
    {
      wheel: {
        metadata: {
          'Description-Content-Type': 'text/plain',
          Description: 'Demo\n        \n        Reads demo files.',
        },
        description: '',
      },
    },
    {
      wheel: {
        metadata: {
          'Description-Content-Type': 'text/x-rst',
          Description: 'Demo\n        ====\n        \n        It reads demo files.',
        },
        description: '',
      },
      alsoGives: ['description-rst-invalid'],
    },
  ],
  good: { wheel: { description: '# Demo\n\nReads demo files.\n' } },
  *check({ metadata, rendering }) {
    if (!metadata?.atLeast('2.1') || metadata.description?.from !== 'header') return
    if (!/\n[^\n]*\S/.test(metadata.description.text)) return
    const field = metadata.first('Description')
    yield finding(
      field && { ...nameOf(field), value: undefined },
      `The description is written as an indented Description header, although the Metadata-Version is ${metadata.version}.`,
      // Where the indentation is why it does not render, description-rst-invalid says so.
      { subject: 'description', severity: rendering?.okIfDedented ? 'info' : undefined },
    )
  },
})
