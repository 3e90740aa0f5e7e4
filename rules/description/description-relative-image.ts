import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { relativeImages } from './_images.js'
import { descriptionPart, givenDescription } from './_place.js'

export default rule({
  id: 'description-relative-image',
  topic: 'description',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Python Packaging User Guide, "Making a PyPI-friendly README"',
  url: 'https://packaging.python.org/en/latest/guides/making-a-pypi-friendly-readme/',
  summary: 'An image in the description has a relative URL.',
  why: 'The index has only the text of the README, so the project page shows a broken image.',
  fix: 'Use the full URL of the image, `https://…`.',
  bad: [
    { wheel: { description: '# Demo\n\n![Screenshot](docs/demo.png)\n' } },
    { wheel: { metadata: { 'Description-Content-Type': 'text/x-rst' }, description: '.. image:: docs/demo.png\n' } },
    { wheel: { description: '# Demo\n\nNot `![a](b.png)` but <img src="docs/demo.png">.\n' } },
    { wheel: { metadata: { Description: '![Demo](docs/demo.png)' }, description: '' } },
  ],
  good: { wheel: { description: '# Demo\n\n![Screenshot](https://ann-author.dev/demo.png)\n\n`![a](b.png)`\n' } },
  *check({ metadata }) {
    const description = givenDescription(metadata)
    if (!metadata || !description || metadata.cut) return
    const images = relativeImages(description.text, metadata.value('Description-Content-Type'))
    const [first] = images
    if (!first) return
    const more =
      images.length > 1
        ? ` ${plural(images.length - 1, 'more image')} ${images.length === 2 ? 'has a relative URL' : 'have relative URLs'}.`
        : ''
    yield finding(
      descriptionPart(metadata, first.line, first.column, first.address),
      `The image URL ${quote(first.address)} is relative, so the index cannot show the image.${more}`,
      {
        subject: 'images',
      },
    )
  },
})
