import { finding, rule } from '../../src/rule.js'
import { typeSetting } from './_advice.js'
import { countMarkup, isMarkdown, isRst } from './_markup.js'
import { contentType, descriptionPlace, givenDescription } from './_place.js'

export default rule({
  id: 'description-content-type-vs-text',
  topic: 'description',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Description-Content-Type"',
  url: 'https://packaging.python.org/en/latest/guides/making-a-pypi-friendly-readme/',
  summary: 'The markup of the description does not match its content type.',
  why: 'The project page then shows raw markup instead of headings, links and images.',
  fix: project => `${typeSetting(project)}, whichever the README is written in.`,
  byHand: 'Only a person knows which markup the text is meant to be in.',
  precision: 'medium',
  bad: [
    {
      wheel: {
        metadata: { 'Description-Content-Type': 'text/x-rst' },
        description: '# Demo\n\nReads [demo files](https://ann-author.dev/demo).\n\n## Usage\n\nRead them.\n',
      },
    },
    {
      wheel: {
        description:
          'Demo\n====\n\n.. code-block:: python\n\n    demo.read()\n\n.. image:: https://ann-author.dev/a.png\n',
      },
    },
  ],
  good: { wheel: { description: '# Demo\n\nReads demo files.\n' } },
  *check({ metadata }) {
    const description = givenDescription(metadata)
    if (!metadata || !description) return
    const type = contentType(metadata)
    // Where the field is missing, that is told, with what the text looks like.
    if (metadata.value('Description-Content-Type') === undefined) return
    const markup = countMarkup(description.text)
    const as = type === undefined ? 'does not have a type and is read as reStructuredText' : `is ${type}`
    if ((type === undefined || type === 'text/x-rst') && isMarkdown(markup))
      yield finding(
        descriptionPlace(metadata, markup.firstMarkdown),
        `The description ${as}, but it looks like Markdown.`,
        { subject: 'description' },
      )
    if (type === 'text/markdown' && isRst(markup))
      yield finding(
        descriptionPlace(metadata, markup.firstRst),
        'The description is text/markdown, but it looks like reStructuredText.',
        { subject: 'description' },
      )
  },
})
