import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

/** What project templates leave to be filled in. */
const TEMPLATES = new Set([
  'your name',
  'your name here',
  'your full name',
  'author name',
  'author',
  'the author',
  'author_name',
  'example author',
  'first last',
  'firstname lastname',
  'my name',
  'name surname',
  'john doe',
  'jane doe',
  'todo',
  'your company',
  'your organization',
])

export default rule({
  id: 'author-placeholder',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Author"',
  url: coreMetadata('author'),
  summary: 'The author is the text of a project template.',
  why: 'The project page names nobody.',
  fix: 'Write the name of a person or organization into `authors` of `[project]`.',
  precision: 'high',
  bad: { wheel: { metadata: { Author: 'Your Name' } } },
  good: { wheel: { metadata: { Author: 'Ann Author' } } },
  *check({ metadata }) {
    for (const name of ['Author', 'Maintainer', 'Author-email', 'Maintainer-email']) {
      const field = metadata?.first(name)
      if (!field || field.value.length > 10_000) continue
      const found = field.value
        .split(',')
        .map(part =>
          part
            .replace(/<[^<>]*>/g, '')
            .replace(/["\s]+/g, ' ')
            .trim(),
        )
        .find(part => TEMPLATES.has(part.toLowerCase()))
      if (found !== undefined)
        yield finding(within(field, found), `${name} is ${quote(found)}, the text of a project template.`)
    }
  },
})
