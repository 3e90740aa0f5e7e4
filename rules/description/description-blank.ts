import { finding, quote, rule } from '../../src/rule.js'
import { isPlaceholder } from '../../src/views/as-uploaded.js'
import { emptyReadme } from '../../src/views/readme.js'
import { coreMetadata } from '../shared/specifications.js'
import { readmeSetting } from './_advice.js'
import { contentType, descriptionPlace } from './_place.js'

export default rule({
  id: 'description-blank',
  topic: 'description',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Description"',
  url: coreMetadata('description'),
  summary: 'The description is blank or is the placeholder UNKNOWN.',
  why: 'The project page on the index is empty.',
  fix: project => `Set ${readmeSetting(project)}, and make sure that the file has text.`,
  byHand: 'A person has to write the text.',
  needs: ['pyproject'],
  bad: [
    { wheel: { description: 'UNKNOWN\n' } },
    { wheel: { metadata: { 'Description-Content-Type': 'text/plain' }, description: '\n\n' } },
    {
      sdist: {
        metadata: { 'Description-Content-Type': null },
        description: '',
        pyproject: '[project]\nname = "demo"\nversion = "1.0"\nreadme = "README.md"\n',
        files: { '{top}/README.md': '' },
      },
    },
  ],
  good: { wheel: { description: '# Demo\n' } },
  *check(subject) {
    const { metadata } = subject
    if (!metadata) return
    const text = metadata.description?.text
    const readme = emptyReadme(subject)
    const more = { subject: 'description', help: readme && `Write the text into ${quote(readme.path)}.` }
    if (text === undefined) {
      if (readme) yield finding(readme.at, `The README ${quote(readme.path)} is empty.`, more)
      return
    }
    if (isPlaceholder(text)) {
      yield finding(
        descriptionPlace(metadata, undefined, text.trim()),
        "The description is the placeholder 'UNKNOWN'.",
        {
          subject: 'description',
        },
      )
      return
    }
    // PyPI rejects blank text of the other types: description-renders-empty reports it.
    if (text.trim() !== '' || (text !== '' && contentType(metadata) !== 'text/plain')) return
    yield finding(descriptionPlace(metadata, undefined), 'The description is blank.', more)
  },
})
