import { finding, rule } from '../../src/rule.js'
import { PYPI, TWINE_TODAY } from '../../src/standards/authorities.js'
import { descriptionPlace } from './_place.js'

export default rule({
  id: 'description-renders-empty',
  topic: 'description',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi', 'twine'],
  force: 'none',
  source: 'PyPI, upload; readme_renderer 45.0 as of 2026-08-21',
  url: 'https://packaging.python.org/en/latest/guides/making-a-pypi-friendly-readme/',
  summary: 'The description renders to an empty page.',
  why: 'PyPI rejects a description that renders to nothing, such as blank lines, or only comments and link definitions.',
  fix: project => `Write a README, or remove ${project.key('Description')}.`,
  byHand: 'A person has to write the text.',
  pypiMessage:
    "The description failed to render for 'text/markdown'. / The description failed to render in the default format of reStructuredText.",
  needs: ['rendering'],
  formerly: ['description-empty'],
  bad: [
    { wheel: { description: '\n' } },
    { wheel: { description: '[demo]: https://example.com/demo\n' } },
    { sdist: { metadata: { 'Description-Content-Type': 'text/x-rst' }, description: '.. A comment.\n' } },
    { sdist: { metadata: { 'Description-Content-Type': 'text/x-rst' }, description: 'Demo\n====\n' } },
  ],
  good: [
    { wheel: { description: '# Demo\n' } },
    {
      wheel: { metadata: { 'Description-Content-Type': 'text/x-rst' }, description: 'Demo\n====\n\nReads files.\n' },
    },
    { wheel: { metadata: { 'Description-Content-Type': null }, description: '' } },
  ],
  *check({ metadata, rendering }) {
    if (!metadata?.description || rendering?.outcome !== 'empty') return
    const blank = metadata.description.text.trim() === ''
    const what = blank ? 'The description is blank' : 'The description renders to nothing'
    const rst = rendering.type === 'text/x-rst'
    const cause = rendering.okIfDedented
      ? ' The build tool wrote it as an indented header, so all of it belongs to the comment it starts with.'
      : ''
    // A lone heading is the title of the document, which is not part of its body.
    const isTitle = rst && !rendering.okIfDedented && hasHeading(metadata.description.text)
    const who = isTitle
      ? ` PyPI uses readme_renderer ${PYPI.readmeRenderer} (as of ${PYPI.date}), which drops a heading without text after it; twine installs ${TWINE_TODAY.readmeRenderer} (as of ${TWINE_TODAY.date}), which keeps it.`
      : ''
    yield finding(descriptionPlace(metadata, undefined), `${what} as ${rendering.type}.${cause}${who}`, {
      enforcedBy: rst && !isTitle ? ['pypi', 'twine'] : ['pypi'],
      subject: 'description',
    })
  },
})

/** A line above one that repeats a single punctuation character. */
const hasHeading = (text: string): boolean => /(?:^|\n)\S[^\n]*\n([!-/:-@[-`{-~])\1+[ \t]*(?:\n|$)/.test(text)
