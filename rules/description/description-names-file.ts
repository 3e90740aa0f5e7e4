import { finding, quote, rule } from '../../src/rule.js'
import { isTree } from '../../src/views/tree.js'
import { coreMetadata } from '../shared/specifications.js'
import { descriptionPlace } from './_place.js'

export default rule({
  id: 'description-names-file',
  topic: 'description',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Description"',
  url: coreMetadata('description'),
  summary: 'The description is the name of a file instead of its text.',
  why: 'The project page shows the name of the file. In setup.cfg, `file:` is missing before the name; in setup.py, the file is not read.',
  fix: project =>
    project.home('Description')?.form === 'setup.py'
      ? 'Set `long_description` in setup.py to the text of the file, as in `Path("README.md").read_text()`.'
      : project.home('Description')?.form === 'setup.cfg'
        ? 'Write `file:` before the name: `long_description = file: README.md`.'
        : `Set ${project.key('Description')} to the text of the file.`,
  byHand: 'The sample projects take the description from a file.',
  precision: 'high',
  bad: [{ wheel: { description: 'README.md\n' } }, { sdist: { description: 'file: README.rst\n' } }],
  good: [{ wheel: { description: 'See README.md.\n' } }, { wheel: { description: '# README.md\n' } }],
  *check(subject) {
    const { metadata } = subject
    const text = metadata?.description?.text.trim()
    if (!metadata || text === undefined) return
    if (!/^(?:file:\s*)?[\w.-]+(?:\/[\w.-]+)*\.(?:md|rst|txt|markdown)$/i.test(text)) return
    const [field] = isTree(subject) ? metadata.all('Description') : []
    yield finding(
      field ?? descriptionPlace(metadata, undefined, text),
      `The description is only ${quote(text)}, the name of a file.`,
      {
        subject: 'description',
      },
    )
  },
})
