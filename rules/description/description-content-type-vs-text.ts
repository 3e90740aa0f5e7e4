import { finding, rule } from '../../src/rule.js'
import { splitLines } from '../../src/text/lines.js'
import { contentType, descriptionPlace, givenDescription } from './_place.js'

export default rule({
  id: 'description-content-type-vs-text',
  topic: 'description',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Description-Content-Type"',
  url: 'https://packaging.python.org/en/latest/guides/making-a-pypi-friendly-readme/',
  summary: 'The description looks like another markup than its type says.',
  why: 'The project page then shows the markup instead of headings, links and images.',
  fix: 'Set `content-type` of `readme` to what the README is written in.',
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
    // Enough lines for a guess.
    const lines = splitLines(description.text.slice(0, 50_000))
    const markdown = lines.filter(line => MARKDOWN.test(line)).length
    const rst = lines.filter(line => RST.test(line)).length
    const first = (pattern: RegExp) => descriptionPlace(metadata, lines.findIndex(line => pattern.test(line)) + 1)
    const as = type === undefined ? 'has no type and is read as reStructuredText' : `is ${type}`
    if ((type === undefined || type === 'text/x-rst') && markdown >= 2 && rst === 0)
      yield finding(first(MARKDOWN), `The description ${as}, but looks like Markdown.`, {
        subject: 'description',
      })
    if (type === 'text/markdown' && rst >= 2 && markdown === 0)
      yield finding(first(RST), 'The description is text/markdown, but looks like reStructuredText.', {
        subject: 'description',
      })
  },
})

const MARKDOWN = /^ {0,8}(?:#{1,4} \S|```|\[?!\[[^\]]{0,200}\]\()|\]\(https?:/
const RST = /^ {0,8}(?:\.\. (?:[a-z-]{1,40}::|_[^:]{1,100}:|\|)|:[a-z]{1,40}:`)/
