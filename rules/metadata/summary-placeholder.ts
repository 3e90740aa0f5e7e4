import { finding, quote, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

/** What project templates leave to be filled in. */
const TEMPLATES = new Set([
  'add your description here',
  'add a short description here',
  'add description here',
  'a short description of the project',
  'a short description of the package',
  'short description',
  'a small example package',
  'a sample python project',
  'an example package',
  'project description',
  'package description',
  'description',
  'my package description',
  'your package description',
  'your project description',
  'todo',
  'add your summary here',
])

export default rule({
  id: 'summary-placeholder',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Summary"',
  url: coreMetadata('summary'),
  summary: 'Summary is the text of a project template.',
  why: 'The project page and search results say nothing about the project.',
  fix: 'Write one sentence into `description` of `[project]`.',
  precision: 'high',
  bad: { wheel: { metadata: { Summary: 'Add your description here' } } },
  good: { wheel: { metadata: { Summary: 'Reads demo files' } } },
  *check({ metadata }) {
    const field = metadata?.first('Summary')
    if (
      !field ||
      !TEMPLATES.has(
        field.value
          .trim()
          .replace(/[.!…]+$/, '')
          .toLowerCase(),
      )
    )
      return
    yield finding(field, `Summary is ${quote(field.value.trim())}, the text of a project template.`)
  },
})
